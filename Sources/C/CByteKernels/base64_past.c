// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Output that is too large for the caches is stored past them. An ordinary store first reads the line that it
// will overwrite; a non-temporal one does not. One call does so from 12 MiB of input on (16 MiB of output),
// and a stream where its whole output has as much capacity.
//
// With AVX-512 that was 1.5 times as fast at 64 MiB, even at 12 MiB, below that slower; with AVX2, on another
// machine, 1.5 times from 12 MiB up. The price is the reader's: it finds the output in no cache. After 12 MiB
// it read at 37 GB/s instead of 55, after 6 MiB it would have been 40 instead of 88; after 64 MiB there is no
// difference, as ordinary stores have pushed the output out themselves. So a pipeline that writes or
// compresses at once should encode in blocks of 1 MiB or less, which always stay in the caches: encoding and
// reading 64 MiB took two thirds of the time that blocks of 16 MiB took.
//
// Only whole cache lines can be stored so. The bytes at the end of a piece wait for the next piece to fill
// their line; pieces of 4 KiB then reach 0.93 or more of one call. With an ordinary store to the line that
// two pieces share it was 0.9, with the fence that lets other threads see each piece at once 0.7, with
// ordinary stores alone 0.6.

#include "base64_internal.h"

#include <string.h>

bool cb64_stores_past(size_t capacity) { return capacity / 4 * 3 >= CB64_LARGE; }

size_t cb64_stream_finish_past(cb64_stream *stream, cb64_line *line, uint8_t *out) {
  size_t written = cb64_stream_encode(stream, line->bytes, line->count, out);
  line->count = 0;
  return written + cb64_stream_finish(stream, out + written);
}

#if CBYTE_X86
#include <emmintrin.h>

enum {
  LINE_BYTES = 48,
  LINE_CHARACTERS = 64,
  /// A shorter piece is mostly ends: it gets ordinary stores.
  SHORTEST = 512,
};

void cb64_fence(void) { _mm_sfence(); }

/// Encodes and stores a full line, a group at a time. Not with the kernel: it would load more at once than
/// one of the stores to `bytes` has written, and such a load waits until all stores before it, the
/// non-temporal ones of the last piece, have reached memory. Single bytes don't wait.
static void store_line(const uint8_t *bytes, uint8_t *out) {
  for (int i = 0; i < LINE_BYTES; i += 3, bytes += 3, out += 4) {
    uint8_t characters[4];
    int word;
    cb64_encode_group(bytes[0], bytes[1], bytes[2], characters);
    memcpy(&word, characters, 4);
    _mm_stream_si32((int *)out, word);
  }
}

bool cb64_can_store_past(cb64_kernel kernel, const uint8_t *out) {
  // A group is 4 bytes of a line: anywhere else, no group begins where a line does.
  return (kernel == CB64_AVX2 || kernel == CB64_AVX512) && (uintptr_t)out % 4 == 0;
}

/// Nothing waits but where the output has reached the start of a line, and then the stream carries nothing
/// itself.
size_t cb64_stream_encode_past(cb64_stream *stream, cb64_line *line, const uint8_t *in, size_t count, uint8_t *out) {
  const uint8_t *start = out;
  if (count < SHORTEST || !cb64_can_store_past(stream->kernel, out)) {
    out += cb64_stream_encode(stream, line->bytes, line->count, out);
    line->count = 0;
    out += cb64_stream_encode(stream, in, count, out);
    return (size_t)(out - start);
  }
  size_t unaligned = -(uintptr_t)out % LINE_CHARACTERS;
  if (unaligned > 0) {
    size_t first = unaligned / 4 * 3 - stream->carried;
    out += cb64_stream_encode(stream, in, first, out);
    in += first, count -= first;
  } else if (stream->carried > 0) {
    memcpy(line->bytes, stream->bytes, sizeof stream->bytes);
    line->count = stream->carried, stream->carried = 0;
  }
  if (line->count > 0) {
    size_t wanted = LINE_BYTES - line->count;
    memcpy(line->bytes + line->count, in, wanted);
    store_line(line->bytes, out);
    in += wanted, count -= wanted, out += LINE_CHARACTERS;
  }
  size_t left = count % LINE_BYTES, whole = count - left;
  if (stream->kernel == CB64_AVX512) {
    cb64_encode_lines_avx512(in, whole, out);
  } else {
    cb64_encode_lines_avx2(in, whole, out);
  }
  memcpy(line->bytes, in + whole, left);
  line->count = (uint8_t)left;
  return (size_t)(out - start) + whole / 3 * 4;
}
#else
void cb64_fence(void) {}

bool cb64_can_store_past(cb64_kernel kernel, const uint8_t *out) {
  (void)kernel, (void)out;
  return false;
}

size_t cb64_stream_encode_past(cb64_stream *stream, cb64_line *line, const uint8_t *in, size_t count, uint8_t *out) {
  (void)line;
  return cb64_stream_encode(stream, in, count, out);
}
#endif

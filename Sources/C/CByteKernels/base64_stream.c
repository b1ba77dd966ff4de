// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// A stream that arrives in pieces: completes the group that the last piece left open, hands the whole groups
// to the kernel, and keeps what is left.

#include "base64_internal.h"

size_t cb64_stream_encode(cb64_stream *stream, const uint8_t *in, size_t count, uint8_t *out) {
  const uint8_t *start = out;
  size_t carried = stream->carried;
  if (carried + count < 3) {
    for (; count > 0; count--) stream->bytes[carried++] = *in++;
    stream->carried = (uint8_t)carried;
    return 0;
  }
  if (carried > 0) {
    uint8_t second = carried == 2 ? stream->bytes[1] : *in++;
    cb64_encode_group(stream->bytes[0], second, *in++, out);
    count -= 3 - carried, out += 4;
  }
  size_t left = count % 3, whole = count - left;
  if (whole > 0) cb64_encode(stream->kernel, in, whole, out);
  for (size_t i = 0; i < left; i++) stream->bytes[i] = in[whole + i];
  stream->carried = (uint8_t)left;
  return (size_t)(out - start) + whole / 3 * 4;
}

/// Writes the last group, of 1 or 2 bytes, with its padding.
static void put_padded(const uint8_t *in, size_t count, uint8_t *out) {
  cb64_encode_group(in[0], count == 1 ? 0 : in[1], 0, out);
  if (count == 1) out[2] = '=';
  out[3] = '=';
}

size_t cb64_stream_finish(cb64_stream *stream, uint8_t *out) {
  if (stream->carried == 0) return 0;
  put_padded(stream->bytes, stream->carried, out);
  stream->carried = 0;
  return 4;
}

size_t cb64_encode_all(const uint8_t *in, size_t count, uint8_t *out) {
  size_t groups = count / 3, whole = groups * 3, left = count - whole, written = groups * 4;
  if (whole > 0) cb64_encode(cb64_best_kernel(), in, whole, out);
  if (left == 0) return written;
  put_padded(in + whole, left, out + written);
  return written + 4;
}

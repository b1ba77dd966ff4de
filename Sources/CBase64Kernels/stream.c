// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// A stream that arrives in pieces: completes the group that the last piece left open, hands the whole groups to the
// kernel, and keeps what is left.

#include "kernels.h"

#include <string.h>

size_t cb64_stream_encode(cb64_stream *stream, const uint8_t *in, size_t count, uint8_t *out) {
  const uint8_t *start = out;
  if (stream->carried > 0) {
    while (stream->carried < 3) {
      if (count == 0) return 0;
      stream->bytes[stream->carried++] = *in++;
      count--;
    }
    cb64_encode_portable(stream->bytes, 3, out);
    out += 4;
  }
  size_t left = count % 3, whole = count - left;
  if (whole > 0) cb64_encode(stream->kernel, in, whole, out);
  for (size_t i = 0; i < left; i++) stream->bytes[i] = in[whole + i];
  stream->carried = (uint8_t)left;
  return (size_t)(out - start) + whole / 3 * 4;
}

size_t cb64_stream_finish(cb64_stream *stream, uint8_t *out) {
  size_t carried = stream->carried;
  if (carried == 0) return 0;
  memset(stream->bytes + carried, 0, 3 - carried);
  cb64_encode_portable(stream->bytes, 3, out);
  memset(out + carried + 1, '=', 3 - carried);
  stream->carried = 0;
  return 4;
}

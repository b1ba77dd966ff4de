// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Base64 (RFC 4648 §4, padded): whole groups with one kernel per instruction set, and streams over them.

#ifndef BASE64_KERNELS_H
#define BASE64_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum cb64_kernel {
  CB64_PORTABLE = 0,
  CB64_SSSE3 = 1,
  CB64_AVX2 = 2,
  CB64_AVX512 = 3,
  CB64_NEON = 4,
} cb64_kernel;

/// Whether this processor and operating system can run `kernel`.
bool cb64_can_run(cb64_kernel kernel);

/// The fastest kernel that this machine can run; found out at the first call, from any thread.
cb64_kernel cb64_best_kernel(void);

/// Writes the `count / 3 * 4` characters of `count` bytes (a multiple of 3), and touches no byte outside
/// `in[0 ..< count]` and `out[0 ..< count / 3 * 4]`. The two must not overlap.
void cb64_encode(cb64_kernel kernel, const uint8_t *in, size_t count, uint8_t *out);

/// A stream between two calls: its kernel, and the 0 to 2 bytes that don't fill a group yet.
typedef struct cb64_stream {
  cb64_kernel kernel;
  uint8_t carried;
  uint8_t bytes[2];
} cb64_stream;

/// Writes all whole groups of the stream so far: `(carried + count) / 3 * 4` bytes, and returns how many that
/// is.
size_t cb64_stream_encode(cb64_stream *stream, const uint8_t *in, size_t count, uint8_t *out);

/// Writes the padded last group, 4 characters, if bytes are carried; the stream can begin anew. Returns 4 or
/// 0.
size_t cb64_stream_finish(cb64_stream *stream, uint8_t *out);

/// The bytes of a stream that wait for their line to be full: 48 bytes make the 64 characters of a cache
/// line.
typedef struct cb64_line {
  uint8_t count;
  uint8_t bytes[48];
} cb64_line;

/// Whether a stream should store past the caches whose whole output has `capacity` bytes.
bool cb64_stores_past(size_t capacity);

/// `cb64_stream_encode` past the caches, to `out` behind what this has written before; returns how much it
/// has written now. `line` begins as zeros. Another thread may look at the output only after `cb64_fence`.
size_t cb64_stream_encode_past(cb64_stream *stream, cb64_line *line, const uint8_t *in, size_t count, uint8_t *out);

/// Writes what still waits, then as `cb64_stream_finish`. Returns how much that is.
size_t cb64_stream_finish_past(cb64_stream *stream, cb64_line *line, uint8_t *out);

/// What was stored past the caches is seen before all that is stored from here on.
void cb64_fence(void);

/// A whole stream that is in memory, padding included: writes what a new stream, encoded and finished, would
/// write, and returns how much that is.
size_t cb64_encode_all(const uint8_t *in, size_t count, uint8_t *out);

#endif

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Is a stream of bytes text (strict UTF-8 without NUL), and what is it inside a JSON string? One pass, one
// kernel per instruction set; a stream may be cut at any byte.

#ifndef TEXT_KERNELS_H
#define TEXT_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum ctext_kernel {
  CTEXT_PORTABLE = 0,
  CTEXT_AVX2 = 1,
  CTEXT_AVX512 = 2,
  CTEXT_NEON = 3,
} ctext_kernel;

/// Where a stream stands between two calls. All zero at its start.
typedef struct ctext_state {
  /// Characters of four bytes (outside the BMP) whose first byte has been seen.
  uint64_t supplementary;
  /// CTEXT_BETWEEN_CHARACTERS, CTEXT_BROKEN once the stream cannot be text, else what may follow
  /// (text_utf8.h).
  uint8_t place;
} ctext_state;

#define CTEXT_BETWEEN_CHARACTERS 0
#define CTEXT_BROKEN 8

/// What `ctext_escape` returns for a stream that is not text.
#define CTEXT_NOT_TEXT (-1)

/// The longest that one byte becomes: `\u001f`.
#define CTEXT_MAXIMUM_ESCAPE 6

/// Whether this processor and operating system can run `kernel`.
bool ctext_can_run(ctext_kernel kernel);

/// The fastest kernel that this machine can run; found out at the first call, from any thread.
ctext_kernel ctext_best_kernel(void);

/// Writes the `count` bytes at `in` as they stand in a JSON string and returns how many bytes that made, or
/// `CTEXT_NOT_TEXT`. `out` must have a capacity of six times `count`; any of that may be written.
ptrdiff_t ctext_escape(ctext_kernel kernel, ctext_state *state, const uint8_t *in, size_t count, uint8_t *out);

/// Whether the stream up to and with these bytes can be text.
bool ctext_scan(ctext_kernel kernel, ctext_state *state, const uint8_t *in, size_t count);

#endif

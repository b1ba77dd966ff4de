// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// An encoder of raw deflate (RFC 1951) of what is in memory. The same bytes give the same stream on every
// machine, whatever an encoder has encoded before.

#ifndef DEFLATE_KERNELS_H
#define DEFLATE_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// How far back deflate refers.
#define CDEFLATE_WINDOW 32768

/// The longest input of one call, history included.
#define CDEFLATE_MAXIMUM ((size_t)1 << 30)

/// The memory of an encoder, about 420 KiB: it holds nothing of one input that the next one could see.
typedef struct cdeflate_encoder cdeflate_encoder;

/// A new encoder; null where there is no memory.
cdeflate_encoder *cdeflate_create(void);

void cdeflate_destroy(cdeflate_encoder *encoder);

/// The capacity that the output of `count` bytes must have.
size_t cdeflate_bound(size_t count);

/// Compresses `count` bytes at `in + history`, which may refer back to the `history` bytes before them. The
/// decoder must have those, too. Where `is_last`, the stream ends here; else the output ends on a byte, and
/// the output of another call can follow.
///
/// Reads only `in[0 ..< history + count]`, writes only `out[0 ..< capacity]`, which must not overlap it, and
/// returns how much of that is the output; 0 where `capacity` is below the bound, or the input too long.
size_t cdeflate_encode(
    cdeflate_encoder *encoder, const uint8_t *in, size_t history, size_t count, bool is_last, uint8_t *out,
    size_t capacity);

/// Wraps `count` bytes as they are, in stored blocks; else as `cdeflate_encode`.
size_t cdeflate_store(const uint8_t *in, size_t count, bool is_last, uint8_t *out, size_t capacity);

#endif

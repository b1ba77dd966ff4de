// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// What the base64 kernels share. Each has the contract of `cb64_encode`.

#ifndef BASE64_INTERNAL_H
#define BASE64_INTERNAL_H

#include "base64_kernels.h"
#include "cpu.h"

extern const uint8_t cb64_alphabet[64];

/// From this many bytes on (their output is a third larger) one call stores past the caches; see
/// base64_past.c.
enum { CB64_LARGE = 12 << 20 };

/// Whether the kernel has non-temporal stores, for an output that goes on at `out`.
bool cb64_can_store_past(cb64_kernel kernel, const uint8_t *out);

/// `cb64_encode` with ordinary stores, however much it is.
void cb64_encode_cached(cb64_kernel kernel, const uint8_t *in, size_t count, uint8_t *out);

/// Three bytes become one 24-bit number, and its four 6-bit digits are looked up:
///
///     aaaaaaaa bbbbbbbb cccccccc   ->   aaaaaa aabbbb bbbbcc cccccc
static inline void cb64_encode_group(uint8_t a, uint8_t b, uint8_t c, uint8_t *out) {
  uint32_t group = (uint32_t)a << 16 | (uint32_t)b << 8 | c;
  out[0] = cb64_alphabet[group >> 18];
  out[1] = cb64_alphabet[group >> 12 & 63];
  out[2] = cb64_alphabet[group >> 6 & 63];
  out[3] = cb64_alphabet[group & 63];
}

void cb64_encode_portable(const uint8_t *in, size_t count, uint8_t *out);

#if CBYTE_X86
void cb64_encode_ssse3(const uint8_t *in, size_t count, uint8_t *out);
void cb64_encode_avx2(const uint8_t *in, size_t count, uint8_t *out);
void cb64_encode_avx512(const uint8_t *in, size_t count, uint8_t *out);

// A multiple of 48 bytes to an output that lies at a multiple of 64: whole cache lines, with non-temporal
// stores.
void cb64_encode_lines_avx2(const uint8_t *in, size_t count, uint8_t *out);
void cb64_encode_lines_avx512(const uint8_t *in, size_t count, uint8_t *out);
#endif

#if CBYTE_ARM
void cb64_encode_neon(const uint8_t *in, size_t count, uint8_t *out);
#endif

#endif

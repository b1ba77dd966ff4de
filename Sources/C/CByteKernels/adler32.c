// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Adler-32: a is one more than the sum of all bytes, b the sum of all that a has been, both modulo 65521.

#include "include/checksum_kernels.h"

#include "cpu.h"

#if CBYTE_X86
#include <immintrin.h>
#endif

enum { BASE = 65521 };

/// As many bytes as can be added before 32 bits are too few (zlib's NMAX), in whole blocks of 32.
enum { STRETCH = 5552 / 32 * 32 };

static uint32_t finish(uint32_t a, uint32_t b, const uint8_t *in, size_t count) {
  while (count > 0) {
    size_t stretch = count < STRETCH ? count : STRETCH;
    for (size_t i = 0; i < stretch; i++) a += in[i], b += a;
    a %= BASE, b %= BASE;
    in += stretch, count -= stretch;
  }
  return b << 16 | a;
}

#if CBYTE_X86
#define AVX2 __attribute__((target("avx2")))

AVX2 static inline uint64_t sum_of(__m256i lanes) {
  __m128i half = _mm_add_epi32(_mm256_castsi256_si128(lanes), _mm256_extracti128_si256(lanes, 1));
  uint32_t parts[4];
  _mm_storeu_si128((__m128i *)parts, half);
  return (uint64_t)parts[0] + parts[1] + parts[2] + parts[3];
}

AVX2 static uint32_t adler32_avx2(const uint8_t *in, size_t count) {
  const __m256i weights = _mm256_setr_epi8(
      32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3,
      2, 1);
  const __m256i zero = _mm256_setzero_si256(), ones = _mm256_set1_epi16(1);
  uint64_t a = 1, b = 0;
  while (count >= 32) {
    size_t stretch = count < STRETCH ? count / 32 * 32 : STRETCH;
    // What is added in the block at hand, by its place in it; and for each block what was added before.
    __m256i sums = zero, weighted = zero, before = zero;
    for (size_t i = 0; i < stretch; i += 32) {
      __m256i bytes = _mm256_loadu_si256((const __m256i *)(in + i));
      before = _mm256_add_epi32(before, sums);
      sums = _mm256_add_epi32(sums, _mm256_sad_epu8(bytes, zero));
      weighted = _mm256_add_epi32(weighted, _mm256_madd_epi16(_mm256_maddubs_epi16(bytes, weights), ones));
    }
    b += a * stretch + 32 * sum_of(before) + sum_of(weighted);
    a += sum_of(sums);
    a %= BASE, b %= BASE;
    in += stretch, count -= stretch;
  }
  return finish((uint32_t)a, (uint32_t)b, in, count);
}

static unsigned find_kernel(void) { return cbyte_has(cbyte_find_features(), CBYTE_AVX2) ? 2 : 1; }

/// 2 for AVX2, 1 for none, 0 until the first call.
static _Atomic unsigned kernel;

uint32_t cadler32(const uint8_t *in, size_t count) {
  return cbyte_cached(&kernel, find_kernel) == 2 ? adler32_avx2(in, count) : finish(1, 0, in, count);
}
#else
uint32_t cadler32(const uint8_t *in, size_t count) { return finish(1, 0, in, count); }
#endif

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

#include "include/find_kernels.h"

#include "cpu.h"

#if CBYTE_X86
#include <immintrin.h>
#elif CBYTE_ARM
#include <arm_neon.h>
#endif

/// The groups that have what stands at `in`.
static inline uint8_t groups_at(const cfind_filter *filter, const uint8_t *in) {
  uint8_t groups = 0xff;
  for (int i = 0; i < CFIND_WIDTH; i++) groups &= filter->low[i][in[i] & 15] & filter->high[i][in[i] >> 4];
  return groups;
}

static size_t next_portable(const cfind_filter *filter, const uint8_t *in, size_t from, size_t count) {
  for (; count >= CFIND_WIDTH && from <= count - CFIND_WIDTH; from++) {
    if (groups_at(filter, in + from) != 0) return from;
  }
  return count;
}

#if CBYTE_X86
#define AVX2 __attribute__((target("avx2,bmi")))

AVX2 static inline __m256i halves(const uint8_t table[16]) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table));
}

AVX2 static size_t next_avx2(const cfind_filter *filter, const uint8_t *in, size_t from, size_t count) {
  const __m256i half = _mm256_set1_epi8(15);
  __m256i low[CFIND_WIDTH], high[CFIND_WIDTH];
  for (int i = 0; i < CFIND_WIDTH; i++) low[i] = halves(filter->low[i]), high[i] = halves(filter->high[i]);
  for (; count - from >= 32 + CFIND_WIDTH - 1; from += 32) {
    __m256i groups = _mm256_set1_epi8((char)0xff);
    for (int i = 0; i < CFIND_WIDTH; i++) {
      __m256i bytes = _mm256_loadu_si256((const __m256i *)(in + from + i));
      __m256i lows = _mm256_shuffle_epi8(low[i], _mm256_and_si256(bytes, half));
      __m256i highs = _mm256_shuffle_epi8(high[i], _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half));
      groups = _mm256_and_si256(groups, _mm256_and_si256(lows, highs));
    }
    unsigned none = (unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(groups, _mm256_setzero_si256()));
    if (none != 0xffffffff) return from + (size_t)__builtin_ctz(~none);
  }
  return next_portable(filter, in, from, count);
}

static unsigned find_kernel(void) {
  return cbyte_has(cbyte_find_features(), CBYTE_AVX2 | CBYTE_BMI) ? 2 : 1;
}

/// 2 for AVX2, 1 for none, 0 until the first call.
static _Atomic unsigned kernel;

bool cfind_is_fast(void) { return cbyte_cached(&kernel, find_kernel) == 2; }

size_t cfind_next(const cfind_filter *filter, const uint8_t *in, size_t from, size_t count) {
  if (from >= count) return count;
  return cfind_is_fast() ? next_avx2(filter, in, from, count) : next_portable(filter, in, from, count);
}
#elif CBYTE_ARM
static size_t next_neon(const cfind_filter *filter, const uint8_t *in, size_t from, size_t count) {
  for (; count - from >= 16 + CFIND_WIDTH - 1; from += 16) {
    uint8x16_t groups = vdupq_n_u8(0xff);
    for (int i = 0; i < CFIND_WIDTH; i++) {
      uint8x16_t bytes = vld1q_u8(in + from + i);
      uint8x16_t lows = vqtbl1q_u8(vld1q_u8(filter->low[i]), vandq_u8(bytes, vdupq_n_u8(15)));
      uint8x16_t highs = vqtbl1q_u8(vld1q_u8(filter->high[i]), vshrq_n_u8(bytes, 4));
      groups = vandq_u8(groups, vandq_u8(lows, highs));
    }
    if (vmaxvq_u8(groups) != 0) return next_portable(filter, in, from, count);
  }
  return next_portable(filter, in, from, count);
}

bool cfind_is_fast(void) { return true; }

size_t cfind_next(const cfind_filter *filter, const uint8_t *in, size_t from, size_t count) {
  return from >= count ? count : next_neon(filter, in, from, count);
}
#else
bool cfind_is_fast(void) { return false; }

size_t cfind_next(const cfind_filter *filter, const uint8_t *in, size_t from, size_t count) {
  return from >= count ? count : next_portable(filter, in, from, count);
}
#endif

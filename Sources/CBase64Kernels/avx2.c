// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// 24 bytes become 32 characters, for processors with AVX2: twice what ssse3.c does, side by side.

#include "kernels.h"

#if CB64_X86
#include <immintrin.h>

#include "x86_digits.h"

#define TARGET __attribute__((target("avx2")))

/// Each 128-bit half of the register is shuffled on its own, so each gets its own 12 bytes, with 4 others behind them
/// (n = 0) or before them (n = 4).
#define SPREAD_FROM(n) \
  _mm256_broadcastsi128_si256(_mm_setr_epi8( \
      n + 1, n, n + 2, n + 1, n + 4, n + 3, n + 5, n + 4, n + 7, n + 6, n + 8, n + 7, n + 10, n + 9, n + 11, n + 10))

TARGET static inline __m256i load_halves(const uint8_t *low, const uint8_t *high) {
  __m256i bytes = _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)low));
  return _mm256_inserti128_si256(bytes, _mm_loadu_si128((const __m128i *)high), 1);
}

TARGET static inline __m256i encode24(__m256i spread) {
  // See x86_digits.h for the steps.
  __m256i high = _mm256_mulhi_epu16(
      _mm256_and_si256(spread, _mm256_set1_epi32(CB64_DIGITS_0_2)), _mm256_set1_epi32(CB64_RIGHT));
  __m256i low = _mm256_mullo_epi16(
      _mm256_and_si256(spread, _mm256_set1_epi32(CB64_DIGITS_1_3)), _mm256_set1_epi32(CB64_LEFT));
  __m256i digits = _mm256_or_si256(high, low);
  __m256i range = _mm256_subs_epu8(digits, _mm256_set1_epi8(51));
  range = _mm256_sub_epi8(range, _mm256_cmpgt_epi8(digits, _mm256_set1_epi8(25)));
  __m256i offsets = _mm256_broadcastsi128_si256(_mm_setr_epi8(CB64_OFFSETS));
  return _mm256_add_epi8(digits, _mm256_shuffle_epi8(offsets, range));
}

TARGET void cb64_encode_avx2(const uint8_t *in, size_t count, uint8_t *out) {
  if (count < 28) {
    cb64_encode_ssse3(in, count, out);
    return;
  }
  const __m256i from_start = SPREAD_FROM(0);
  const uint8_t *end = in + count;
  uint8_t *out_end = out + count / 3 * 4;
  for (; end - in >= 28; in += 24, out += 32) {
    __m256i bytes = load_halves(in, in + 12);
    _mm256_storeu_si256((__m256i *)out, encode24(_mm256_shuffle_epi8(bytes, from_start)));
  }
  // Less than 28 bytes are left: the last 24 again or for the first time, then at most one group before them.
  __m256i bytes = load_halves(end - 28, end - 16);
  _mm256_storeu_si256((__m256i *)(out_end - 32), encode24(_mm256_shuffle_epi8(bytes, SPREAD_FROM(4))));
  if (end - in > 24) cb64_encode_portable(in, 3, out);
}
#endif

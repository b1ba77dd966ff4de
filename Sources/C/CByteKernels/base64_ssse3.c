// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// 12 bytes become 16 characters, for processors with SSSE3.

#include "base64_internal.h"

#if CBYTE_X86
#include <immintrin.h>

#include "base64_x86_digits.h"

#define TARGET __attribute__((target("ssse3")))

TARGET static inline __m128i encode12(__m128i spread) {
  // See base64_x86_digits.h for the steps.
  __m128i high = _mm_mulhi_epu16(_mm_and_si128(spread, _mm_set1_epi32(CB64_DIGITS_0_2)), _mm_set1_epi32(CB64_RIGHT));
  __m128i low = _mm_mullo_epi16(_mm_and_si128(spread, _mm_set1_epi32(CB64_DIGITS_1_3)), _mm_set1_epi32(CB64_LEFT));
  __m128i digits = _mm_or_si128(high, low);
  __m128i range = _mm_subs_epu8(digits, _mm_set1_epi8(51));
  range = _mm_sub_epi8(range, _mm_cmpgt_epi8(digits, _mm_set1_epi8(25)));
  return _mm_add_epi8(digits, _mm_shuffle_epi8(_mm_setr_epi8(CB64_OFFSETS), range));
}

TARGET void cb64_encode_ssse3(const uint8_t *in, size_t count, uint8_t *out) {
  if (count >= 16) {
    const __m128i from_start = _mm_setr_epi8(CB64_SPREAD_FROM(0));
    const uint8_t *end = in + count;
    uint8_t *out_end = out + count / 3 * 4;
    for (; end - in >= 16; in += 12, out += 16) {
      __m128i bytes = _mm_loadu_si128((const __m128i *)in);
      _mm_storeu_si128((__m128i *)out, encode12(_mm_shuffle_epi8(bytes, from_start)));
    }
    // Less than 16 bytes are left: the last 12 again or for the first time, then at most one group before
    // them.
    __m128i bytes = _mm_loadu_si128((const __m128i *)(end - 16));
    _mm_storeu_si128((__m128i *)(out_end - 16), encode12(_mm_shuffle_epi8(bytes, _mm_setr_epi8(CB64_SPREAD_FROM(4)))));
    count = end - in > 12 ? 3 : 0;
  }
  cb64_encode_portable(in, count, out);
}
#endif

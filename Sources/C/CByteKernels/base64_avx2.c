// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// 24 bytes become 32 characters, for processors with AVX2: twice what ssse3.c does, side by side.

#include "base64_internal.h"

#if CBYTE_X86
#include <immintrin.h>

#include "base64_x86_digits.h"

#define TARGET __attribute__((target("avx2")))

// A shuffle works on each 128-bit half of a register by itself.

/// 24 bytes, loaded with the 4 before and the 4 behind them.
TARGET static inline __m256i spread24(const uint8_t *in) {
  __m256i bytes = _mm256_loadu_si256((const __m256i *)(in - 4));
  return _mm256_shuffle_epi8(bytes, _mm256_setr_epi8(CB64_SPREAD_FROM(4), CB64_SPREAD_FROM(0)));
}

/// 24 bytes at the start of what can be read: only 4 behind them are loaded.
TARGET static inline __m256i spread_first24(const uint8_t *in) {
  __m256i bytes = _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)in));
  bytes = _mm256_inserti128_si256(bytes, _mm_loadu_si128((const __m128i *)(in + 12)), 1);
  return _mm256_shuffle_epi8(bytes, _mm256_setr_epi8(CB64_SPREAD_FROM(0), CB64_SPREAD_FROM(0)));
}

/// 24 bytes at the end of what can be read: only 4 before them are loaded.
TARGET static inline __m256i spread_last24(const uint8_t *in) {
  __m256i bytes = _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)(in - 4)));
  bytes = _mm256_inserti128_si256(bytes, _mm_loadu_si128((const __m128i *)(in + 8)), 1);
  return _mm256_shuffle_epi8(bytes, _mm256_setr_epi8(CB64_SPREAD_FROM(4), CB64_SPREAD_FROM(4)));
}

/// The factors that move digits left. A compiler that sees these constants makes three instructions of the
/// one multiplication (both shifts, and a choice between them), and is a sixth slower.
TARGET static inline __m256i factors_left(void) {
  __m256i left = _mm256_set1_epi32(CB64_LEFT);
  __asm__("" : "+x"(left));
  return left;
}

/// The steps of base64_x86_digits.h for `n` registers, at most 3, each for all of them before the next: a
/// twentieth faster than one register after the other.
TARGET static inline void encode24s(__m256i *x, int n, __m256i left) {
  const __m256i offsets = _mm256_broadcastsi128_si256(_mm_setr_epi8(CB64_OFFSETS));
  __m256i high[3], low[3], range[3], above[3];
  for (int i = 0; i < n; i++) high[i] = _mm256_and_si256(x[i], _mm256_set1_epi32(CB64_DIGITS_0_2));
  for (int i = 0; i < n; i++) low[i] = _mm256_and_si256(x[i], _mm256_set1_epi32(CB64_DIGITS_1_3));
  for (int i = 0; i < n; i++) high[i] = _mm256_mulhi_epu16(high[i], _mm256_set1_epi32(CB64_RIGHT));
  for (int i = 0; i < n; i++) low[i] = _mm256_mullo_epi16(low[i], left);
  for (int i = 0; i < n; i++) x[i] = _mm256_or_si256(high[i], low[i]);
  for (int i = 0; i < n; i++) range[i] = _mm256_subs_epu8(x[i], _mm256_set1_epi8(51));
  for (int i = 0; i < n; i++) above[i] = _mm256_cmpgt_epi8(x[i], _mm256_set1_epi8(25));
  for (int i = 0; i < n; i++) range[i] = _mm256_sub_epi8(range[i], above[i]);
  for (int i = 0; i < n; i++) range[i] = _mm256_shuffle_epi8(offsets, range[i]);
  for (int i = 0; i < n; i++) x[i] = _mm256_add_epi8(x[i], range[i]);
}

TARGET static inline __m256i encode24(__m256i spread, __m256i left) {
  encode24s(&spread, 1, left);
  return spread;
}

TARGET static inline void store(uint8_t *out, __m256i characters) { _mm256_storeu_si256((__m256i *)out, characters); }

TARGET static inline void encode72(const uint8_t *in, uint8_t *out, __m256i left) {
  __m256i x[] = {spread24(in), spread24(in + 24), spread24(in + 48)};
  encode24s(x, 3, left);
  store(out, x[0]), store(out + 32, x[1]), store(out + 64, x[2]);
}

TARGET void cb64_encode_avx2(const uint8_t *in, size_t count, uint8_t *out) {
  if (count < 28) {
    cb64_encode_ssse3(in, count, out);
    return;
  }
  const __m256i left = factors_left();
  const uint8_t *end = in + count;
  uint8_t *out_end = out + count / 3 * 4;
  store(out, encode24(spread_first24(in), left));
  // Stores that cross a cache line cost twice. A group is 4 bytes: where the output lies at a multiple of 4,
  // a second step begins at a multiple of 32, and does a part of the first one again.
  size_t unaligned = -(uintptr_t)out % 32;
  if (unaligned % 4 == 0 && unaligned > 0 && count >= 512) {
    in += unaligned / 4 * 3, out += unaligned;
    store(out, encode24(spread_first24(in), left));
  }
  in += 24, out += 32;
  for (; end - in >= 148; in += 144, out += 192) {
    encode72(in, out, left);
    encode72(in + 72, out + 96, left);
  }
  for (; end - in >= 28; in += 24, out += 32) store(out, encode24(spread24(in), left));
  // Less than 28 bytes are left: the last 24 again or for the first time, then at most one group before them.
  store(out_end - 32, encode24(spread_last24(end - 24), left));
  if (end - in > 24) cb64_encode_portable(in, 3, out);
}

TARGET void cb64_encode_lines_avx2(const uint8_t *in, size_t count, uint8_t *out) {
  const __m256i left = factors_left();
  for (; count > 0; count -= 48, in += 48, out += 64) {
    _mm_prefetch((const char *)in + 1024, _MM_HINT_NTA);
    _mm256_stream_si256((__m256i *)out, encode24(spread_first24(in), left));
    _mm256_stream_si256((__m256i *)(out + 32), encode24(spread_last24(in + 24), left));
  }
}
#endif

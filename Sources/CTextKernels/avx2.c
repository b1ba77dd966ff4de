// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// 32 bytes a step, for processors with AVX2.

#include "kernels.h"

#if CTEXT_X86
#include <immintrin.h>

#include "odd_leads.h"

#define TARGET __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define STEP 32
#define BITS 1
#define WIDTH 32
#define ESCAPE ctext_escape_avx2
#define SCAN ctext_scan_avx2

typedef __m256i block_t;

TARGET static inline block_t load_block(const uint8_t *in) { return _mm256_loadu_si256((const __m256i *)in); }

TARGET static inline void store_block(uint8_t *out, block_t block) { _mm256_storeu_si256((__m256i *)out, block); }

TARGET static inline uint64_t mask_of(__m256i truth) { return (uint32_t)_mm256_movemask_epi8(truth); }

TARGET static inline uint64_t high_mask(block_t block) { return mask_of(block); }

TARGET static inline uint64_t equal_mask(block_t block, char byte) {
  return mask_of(_mm256_cmpeq_epi8(block, _mm256_set1_epi8(byte)));
}

TARGET static inline uint64_t nul_mask(block_t block) { return equal_mask(block, 0); }

/// Unsigned comparisons: there is no such instruction, but a minimum and a maximum.
TARGET static inline __m256i at_most(block_t block, uint8_t limit) {
  return _mm256_cmpeq_epi8(block, _mm256_min_epu8(block, _mm256_set1_epi8((char)limit)));
}

TARGET static inline __m256i at_least(block_t block, uint8_t limit) {
  return _mm256_cmpeq_epi8(block, _mm256_max_epu8(block, _mm256_set1_epi8((char)limit)));
}

TARGET static inline uint64_t special_mask(block_t block) {
  __m256i quotes = _mm256_cmpeq_epi8(block, _mm256_set1_epi8('"'));
  __m256i backslashes = _mm256_cmpeq_epi8(block, _mm256_set1_epi8('\\'));
  return mask_of(_mm256_or_si256(at_most(block, 0x1f), _mm256_or_si256(quotes, backslashes)));
}

/// Where `kinds` has one bit: it is moved to the top of its byte, where the mask is taken from.
#define KIND_MASK(kinds, kind) mask_of(_mm256_slli_epi16(kinds, 7 - __builtin_ctz(kind)))

TARGET static inline __m256i kinds_of(block_t block) {
  const __m256i low_half = _mm256_set1_epi8(0x0f);
  __m256i by_high = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)odd_high));
  __m256i by_low = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)odd_low));
  return _mm256_and_si256(
      _mm256_shuffle_epi8(by_high, _mm256_and_si256(_mm256_srli_epi16(block, 4), low_half)),
      _mm256_shuffle_epi8(by_low, _mm256_and_si256(block, low_half)));
}

TARGET static inline bool is_well_formed(block_t block, uint64_t high, size_t *length, uint64_t *supplementary) {
  uint64_t continuation = mask_of(_mm256_cmpgt_epi8(_mm256_set1_epi8((char)0xc0), block));
  ctext_leads leads = {
      .lead = high & ~continuation,
      .three = mask_of(at_least(block, 0xe0)),
      .four = mask_of(at_least(block, 0xf0)),
  };
  uint64_t wrong = expected_continuations(leads, BITS) ^ continuation;
  __m256i kinds = kinds_of(block);
  if (!_mm256_testz_si256(kinds, kinds)) {
    ctext_seconds seconds = {
        .e0 = KIND_MASK(kinds, LEAD_E0),
        .ed = KIND_MASK(kinds, LEAD_ED),
        .f0 = KIND_MASK(kinds, LEAD_F0),
        .f4 = KIND_MASK(kinds, LEAD_F4),
        .below_a0 = mask_of(at_most(block, 0x9f)),
        .below_90 = mask_of(at_most(block, 0x8f)),
    };
    wrong |= wrong_seconds(seconds, BITS) | KIND_MASK(kinds, LEAD_C0_C1) | KIND_MASK(kinds, LEAD_F5_FF);
  }
  uint64_t cut = cut_character(leads, BITS, WIDTH);
  *length = cut ? (size_t)__builtin_ctzll(cut) : STEP;
  *supplementary += (uint64_t)__builtin_popcountll(leads.four & ~(~0ull << *length));
  return (uint32_t)wrong == 0;  // what is expected behind the block is above
}

#include "stepwise.h"
#endif

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// What one 64-byte block is, with AVX-512: the mask registers are made for it.

#ifndef CTEXT_AVX512_BLOCK_H
#define CTEXT_AVX512_BLOCK_H

#include <immintrin.h>
#include <stdbool.h>

#include "text_sequences.h"

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt")))

/// The kinds of c0..ff, in order: a permute that looks at the lower six bits only is a look-up for all leads.
static const uint8_t odd_leads[64] = {
    [0x00] = LEAD_C0_C1, [0x01] = LEAD_C0_C1, [0x20] = LEAD_E0, [0x2d] = LEAD_ED, [0x30] = LEAD_F0, [0x34] = LEAD_F4,
    [0x35] = LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF,
    LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF,
};

/// The first `count` (at most 64) bits.
AVX512 static inline uint64_t first_bits(size_t count) { return _bzhi_u64(~0ull, (unsigned)count); }

/// The odd leads behind which a continuation byte must not stand, in order from 80 to bf: overlong forms (e0,
/// f0), surrogates (ed), and what is above U+10FFFF (f4).
static const uint8_t forbidding_leads[64] = {
#define FOUR(kinds) kinds, kinds, kinds, kinds
#define SIXTEEN(kinds) FOUR(kinds), FOUR(kinds), FOUR(kinds), FOUR(kinds)
    SIXTEEN(LEAD_E0 | LEAD_F0), SIXTEEN(LEAD_E0 | LEAD_F4), SIXTEEN(LEAD_ED | LEAD_F4), SIXTEEN(LEAD_ED | LEAD_F4),
#undef SIXTEEN
#undef FOUR
};

/// What a block leaves to the next: where its first bytes must be continuations, and its kinds of leads. With
/// it blocks follow each other at a fixed distance, so that the next can begin before this one is understood;
/// beginning anew at the character that is cut took twice as long on CJK text.
typedef struct ctext_carry {
  uint64_t expected;
  __m512i kinds;
} ctext_carry;

/// All bytes moved up by one, behind the last one of the block before.
AVX512 static inline __m512i moved_up(__m512i block, __m512i before) {
  return _mm512_alignr_epi8(block, _mm512_alignr_epi64(block, before, 6), 15);
}

/// Bytes that are wrong for their own sake or for that of the lead before them.
AVX512 static inline uint64_t wrong_bytes(__m512i bytes, __m512i kinds, __m512i kinds_before) {
  __m512i forbidding = _mm512_permutexvar_epi8(bytes, _mm512_loadu_si512(forbidding_leads));
  __m512i forbidden = _mm512_and_si512(moved_up(kinds, kinds_before), forbidding);
  __m512i never = _mm512_and_si512(kinds, _mm512_set1_epi8(LEAD_NEVER));
  __m512i wrong = _mm512_or_si512(forbidden, never);
  return _mm512_test_epi8_mask(wrong, wrong);
}

/// Whether a block is well-formed behind the one that left `carry`, as far as it can be known. `high` are its
/// bytes from 80 on, `present` those that exist (all of them but at the end of a call).
AVX512 static inline bool is_well_formed(
    __m512i bytes, uint64_t high, uint64_t present, ctext_carry *carry, uint64_t *supplementary) {
  uint64_t continuation = _mm512_cmplt_epi8_mask(bytes, _mm512_set1_epi8((char)0xc0));
  ctext_leads leads = {
      .lead = high & ~continuation,
      .three = _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8((char)0xe0)),
      .four = _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8((char)0xf0)),
  };
  __m512i kinds = _mm512_maskz_permutexvar_epi8(leads.lead, bytes, _mm512_loadu_si512(odd_leads));
  uint64_t wrong = expected_continuations(leads, 1) | carry->expected;
  wrong = (wrong ^ continuation) | wrong_bytes(bytes, kinds, carry->kinds);

  carry->expected = leads.lead >> 63 | leads.three >> 62 | leads.four >> 61;
  carry->kinds = kinds;
  *supplementary += (uint64_t)_mm_popcnt_u64(leads.four);
  return (wrong & present) == 0;
}

#endif

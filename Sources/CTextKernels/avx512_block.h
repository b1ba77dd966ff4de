// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// What one 64-byte block is, with AVX-512: the mask registers are made for it.

#ifndef CTEXT_AVX512_BLOCK_H
#define CTEXT_AVX512_BLOCK_H

#include <immintrin.h>
#include <stdbool.h>

#include "sequences.h"

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt")))

/// The kinds of c0..ff, in order: a permute that looks at the lower six bits only is a look-up for all leads.
static const uint8_t odd_leads[64] = {
    [0x00] = LEAD_C0_C1, [0x01] = LEAD_C0_C1, [0x20] = LEAD_E0, [0x2d] = LEAD_ED, [0x30] = LEAD_F0, [0x34] = LEAD_F4,
    [0x35] = LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF,
    LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF,
};

/// The first `count` (at most 64) bits.
AVX512 static inline uint64_t first_bits(size_t count) { return _bzhi_u64(~0ull, (unsigned)count); }

AVX512 static inline ctext_seconds seconds_of(__m512i bytes, __m512i kinds) {
  return (ctext_seconds){
      .e0 = _mm512_test_epi8_mask(kinds, _mm512_set1_epi8(LEAD_E0)),
      .ed = _mm512_test_epi8_mask(kinds, _mm512_set1_epi8(LEAD_ED)),
      .f0 = _mm512_test_epi8_mask(kinds, _mm512_set1_epi8(LEAD_F0)),
      .f4 = _mm512_test_epi8_mask(kinds, _mm512_set1_epi8(LEAD_F4)),
      .below_a0 = _mm512_cmplt_epu8_mask(bytes, _mm512_set1_epi8((char)0xa0)),
      .below_90 = _mm512_cmplt_epu8_mask(bytes, _mm512_set1_epi8((char)0x90)),
  };
}

/// Whether a block with bytes from 80 on (`high`) is well-formed, as far as it can be known. `present` are the bytes
/// that exist, all of them but at the end of a call. `length` becomes the number of bytes up to a character that is cut
/// by the end of a full block; at the end of a call there is no next block to leave it to.
AVX512 static inline bool is_well_formed(
    __m512i bytes, uint64_t high, uint64_t present, size_t *length, uint64_t *supplementary) {
  uint64_t continuation = _mm512_cmplt_epi8_mask(bytes, _mm512_set1_epi8((char)0xc0));
  ctext_leads leads = {
      .lead = high & ~continuation,
      .three = _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8((char)0xe0)),
      .four = _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8((char)0xf0)),
  };
  uint64_t wrong = (expected_continuations(leads, 1) ^ continuation) & present;
  __m512i kinds = _mm512_maskz_permutexvar_epi8(leads.lead, bytes, _mm512_loadu_si512(odd_leads));
  if (_mm512_test_epi8_mask(kinds, kinds)) {
    wrong |= wrong_seconds(seconds_of(bytes, kinds), 1) & present;
    wrong |= _mm512_test_epi8_mask(kinds, _mm512_set1_epi8(LEAD_NEVER));
  }
  *length = _tzcnt_u64(present == ~0ull ? cut_character(leads, 1, 64) : 0);  // 64 where nothing is cut
  *supplementary += (uint64_t)_mm_popcnt_u64(_bzhi_u64(leads.four, (unsigned)*length));
  return wrong == 0;
}

#endif

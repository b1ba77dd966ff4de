// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Well-formedness of UTF-8 in blocks of 64 bytes, with AVX-512 VBMI. Each byte is looked at together with the
// three before it. In the middle of a text these are loaded once more, from one, two and three bytes further
// back: that costs less than to move them up in registers.
//
//     text          e  ´  x  中 ·  ·  é  ·  x
//     lead          .  .  .  .  1  .  .  1  .      the byte before is c0..ff
//     three         .  .  .  .  .  1  .  .  .      the second before is e0..ff
//     four          .  .  .  .  .  .  .  .  .      the third before is f0..ff
//     continuation  .  .  .  .  1  1  .  1  .      80..bf; must be where one of the three is, and only there
//
// What the last bytes of a text begin is not decided by it, as nothing stands behind them.

#ifndef CTEXT_AVX512_BLOCK_H
#define CTEXT_AVX512_BLOCK_H

#include <immintrin.h>
#include <stdbool.h>
#include <stdint.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt")))

/// Kinds of leads, a bit each: those that allow only some second bytes, those that never occur, and others.
enum lead_kind {
  LEAD_E0 = 1,
  LEAD_ED = 2,
  LEAD_F0 = 4,
  LEAD_F4 = 8,
  LEAD_NEVER = 16,  // c0, c1, f5..ff
  LEAD_FOUR = 32,   // f0..ff
  LEAD_ANY = 128,
};

/// The kinds of bf..ff in order; none for bf, which stands for all that is no lead.
static const uint8_t lead_kinds[128] __attribute__((aligned(64))) = {
#define TIMES3(kinds) kinds, kinds, kinds
#define TIMES6(kinds) TIMES3(kinds), TIMES3(kinds)
#define FOUR (LEAD_ANY | LEAD_FOUR)
    0, LEAD_ANY | LEAD_NEVER, LEAD_ANY | LEAD_NEVER,  // c0, c1
    TIMES6(LEAD_ANY), TIMES6(LEAD_ANY), TIMES6(LEAD_ANY), TIMES6(LEAD_ANY), TIMES6(LEAD_ANY),
    LEAD_ANY | LEAD_E0, TIMES6(LEAD_ANY), TIMES6(LEAD_ANY), LEAD_ANY | LEAD_ED, LEAD_ANY, LEAD_ANY,
    FOUR | LEAD_F0, TIMES3(FOUR), FOUR | LEAD_F4,
    TIMES6(FOUR | LEAD_NEVER), TIMES3(FOUR | LEAD_NEVER), FOUR | LEAD_NEVER, FOUR | LEAD_NEVER,
#undef FOUR
#undef TIMES6
#undef TIMES3
};

/// The kinds of leads that are told of a continuation byte behind them, in order from 80 to bf: those behind
/// which it must not stand, as it makes an overlong form (e0, f0), a surrogate (ed) or more than U+10FFFF
/// (f4); those that never occur; and those of four bytes, which are to be counted.
static const uint8_t told_kinds[64] __attribute__((aligned(64))) = {
#define TOLD(kinds) (LEAD_NEVER | LEAD_FOUR | (kinds))
#define TIMES4(kinds) kinds, kinds, kinds, kinds
#define TIMES16(kinds) TIMES4(kinds), TIMES4(kinds), TIMES4(kinds), TIMES4(kinds)
    TIMES16(TOLD(LEAD_E0 | LEAD_F0)), TIMES16(TOLD(LEAD_E0 | LEAD_F4)),
    TIMES16(TOLD(LEAD_ED | LEAD_F4)), TIMES16(TOLD(LEAD_ED | LEAD_F4)),
#undef TIMES16
#undef TIMES4
#undef TOLD
};

/// What was found in some blocks: in the top bit of each byte whether a continuation is missing there or too
/// many, and the kinds of leads that are told.
typedef struct ctext_findings {
  __m512i misplaced, kinds;
} ctext_findings;

AVX512 static inline __m512i load(const uint8_t *in) { return _mm512_loadu_si512(in); }

/// The first `count` (at most 64) bits.
AVX512 static inline uint64_t first_bits(size_t count) { return _bzhi_u64(~0ull, (unsigned)count); }

/// Four blocks, in the order of the text.
typedef struct ctext_group {
  __m512i a, b, c, d;
} ctext_group;

AVX512 static inline ctext_group load_256(const uint8_t *in) {
  return (ctext_group){load(in), load(in + 64), load(in + 128), load(in + 192)};
}

AVX512 static inline __m512i or_of(ctext_group blocks) {
  return _mm512_ternarylogic_epi64(blocks.a, blocks.b, _mm512_or_si512(blocks.c, blocks.d), 0xfe);
}

/// The mask, in a general register and at once. Where the compiler puts it off to its use, it keeps the block
/// until then, and there are more blocks than registers; and the processor waits for the mask there.
static inline uint64_t now(uint64_t mask) {
  __asm__ volatile("" : "+r"(mask));
  return mask;
}

AVX512 static inline uint64_t top_bits(__m512i bytes) { return _mm512_movepi8_mask(bytes); }

AVX512 static inline bool has_top_bit(__m512i bytes) { return _mm512_movepi8_mask(bytes) != 0; }

/// Adds what is found in a block. `before1` are the bytes one before each of it, and so on.
AVX512 static inline void look_at(
    ctext_findings *found, __m512i bytes, __m512i before1, __m512i before2, __m512i before3) {
  __m512i place = _mm512_subs_epu8(before1, _mm512_set1_epi8((char)0xbf));
  __m512i lead = _mm512_permutex2var_epi8(load(lead_kinds), place, load(lead_kinds + 64));
  __m512i told = _mm512_permutexvar_epi8(bytes, load(told_kinds));
  // From here on only the top bits count, which are set from e0 and from f0 on.
  __m512i three = _mm512_subs_epu8(before2, _mm512_set1_epi8(0xe0 - 0x80));
  __m512i four = _mm512_subs_epu8(before3, _mm512_set1_epi8(0xf0 - 0x80));
  __m512i expected = _mm512_ternarylogic_epi64(lead, three, four, 0xfe);  // or
  // expected ^ (bytes & ~(bytes << 1))
  __m512i misplaced = _mm512_ternarylogic_epi64(expected, bytes, _mm512_add_epi8(bytes, bytes), 0xb4);
  found->misplaced = _mm512_or_si512(found->misplaced, misplaced);
  found->kinds = _mm512_ternarylogic_epi64(found->kinds, lead, told, 0xf8);  // kinds | (lead & told)
}

/// What is found in the 256 bytes at `in`, before which there are at least three others.
AVX512 static inline ctext_findings look_at_256(const uint8_t *in) {
  ctext_findings found = {_mm512_setzero_si512(), _mm512_setzero_si512()};
  for (int i = 0; i < 256; i += 64) {
    look_at(&found, load(in + i), load(in + i - 1), load(in + i - 2), load(in + i - 3));
  }
  return found;
}

/// Bytes that are not zero where the text is not well-formed, has a lead of four bytes, or where `others` has
/// its top bit set.
AVX512 static inline __m512i all_findings(ctext_findings found, __m512i others) {
  __m512i tops = _mm512_or_si512(found.misplaced, others);
  // The top bit of each byte is that of `tops`, the others are those of the kinds.
  return _mm512_ternarylogic_epi64(_mm512_set1_epi8((char)0x80), tops, found.kinds, 0xca);
}

/// Whether blocks are well-formed behind what is before them, as far as it can be known. `present` are the
/// bytes that exist.
AVX512 static inline bool is_well_formed(ctext_findings found, uint64_t present) {
  __m512i wrong = all_findings(found, _mm512_setzero_si512());
  return _mm512_mask_test_epi8_mask(present, wrong, _mm512_set1_epi8((char)~LEAD_FOUR)) == 0;
}

/// How many leads of four bytes there are.
AVX512 static inline uint64_t count_fours(__m512i bytes) {
  return (uint64_t)_mm_popcnt_u64(_mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8((char)0xf0)));
}

/// The same in the 256 bytes that begin one before `in`, which is where `look_at_256` sees them.
AVX512 static inline uint64_t count_fours_256(const uint8_t *in) {
  return count_fours(load(in - 1)) + count_fours(load(in + 63)) + count_fours(load(in + 127)) +
      count_fours(load(in + 191));
}

/// Whether `count` (at most 64) bytes at `in`, which are in the register with zeroes behind them, are
/// well-formed. Before them nothing else is read than the 64 bytes in `before`.
AVX512 static inline bool is_well_formed_64(__m512i bytes, size_t count, __m512i before, uint64_t *fours) {
  ctext_findings found = {_mm512_setzero_si512(), _mm512_setzero_si512()};
  __m512i middle = _mm512_alignr_epi64(bytes, before, 6);
  look_at(
      &found, bytes, _mm512_alignr_epi8(bytes, middle, 15), _mm512_alignr_epi8(bytes, middle, 14),
      _mm512_alignr_epi8(bytes, middle, 13));
  *fours += count_fours(bytes);
  return is_well_formed(found, first_bits(count));
}

/// Whether the last byte of a text never occurs: nothing behind it can tell.
static inline bool ends_with_never(uint8_t last) {
  return last >= 0xc0 && (lead_kinds[last - 0xbf] & LEAD_NEVER) != 0;
}

#endif

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Well-formedness of UTF-8 in blocks of 32 bytes, with AVX2: two bytes that follow each other are looked up
// by the three halves that matter (Keiser and Lemire, "Validating UTF-8 In Less Than One Instruction Per
// Byte", 2020).

#ifndef CTEXT_AVX2_BLOCK_H
#define CTEXT_AVX2_BLOCK_H

#include <immintrin.h>
#include <stdint.h>

#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

/// What can be wrong with a byte and the one behind it. A pair is wrong in a way that all three of its halves
/// allow: those of the first byte, and the upper one of the second.
enum wrong_pair {
  LEAD_ALONE = 1,         // a lead, and no continuation
  AFTER_ASCII = 2,        // no lead, but a continuation
  OVERLONG_3 = 4,         // e0 80..9f
  SURROGATE = 8,          // ed a0..bf
  OVERLONG_2 = 16,        // c0..c1 80..bf
  TOO_LARGE = 32,         // f4..ff 90..bf
  TOO_LARGE_LOWEST = 64,  // f5..ff 80..8f
  OVERLONG_4 = 64,        // f0 80..8f: the same bit, as no first byte is both
  TWO_CONTINUATIONS = 128,  // right behind the leads of three and four bytes, and only there
};

static const uint8_t first_high[16] = {
    AFTER_ASCII, AFTER_ASCII, AFTER_ASCII, AFTER_ASCII, AFTER_ASCII, AFTER_ASCII, AFTER_ASCII, AFTER_ASCII,
    TWO_CONTINUATIONS, TWO_CONTINUATIONS, TWO_CONTINUATIONS, TWO_CONTINUATIONS,
    [0xc] = LEAD_ALONE | OVERLONG_2,
    [0xd] = LEAD_ALONE,
    [0xe] = LEAD_ALONE | OVERLONG_3 | SURROGATE,
    [0xf] = LEAD_ALONE | TOO_LARGE | TOO_LARGE_LOWEST | OVERLONG_4,
};

#define ANY_LOW (LEAD_ALONE | AFTER_ASCII | TWO_CONTINUATIONS)
#define FROM_F5 (ANY_LOW | TOO_LARGE | TOO_LARGE_LOWEST)
static const uint8_t first_low[16] = {
    [0x0] = ANY_LOW | OVERLONG_2 | OVERLONG_3 | OVERLONG_4,
    [0x1] = ANY_LOW | OVERLONG_2,
    [0x2] = ANY_LOW,
    [0x3] = ANY_LOW,
    [0x4] = ANY_LOW | TOO_LARGE,
    [0x5] = FROM_F5, FROM_F5, FROM_F5, FROM_F5, FROM_F5, FROM_F5, FROM_F5, FROM_F5,
    [0xd] = FROM_F5 | SURROGATE,
    [0xe] = FROM_F5, FROM_F5,
};

#define ANY_CONTINUATION (AFTER_ASCII | TWO_CONTINUATIONS | OVERLONG_2)
static const uint8_t second_high[16] = {
    LEAD_ALONE, LEAD_ALONE, LEAD_ALONE, LEAD_ALONE, LEAD_ALONE, LEAD_ALONE, LEAD_ALONE, LEAD_ALONE,
    [0x8] = ANY_CONTINUATION | OVERLONG_3 | OVERLONG_4 | TOO_LARGE_LOWEST,
    [0x9] = ANY_CONTINUATION | OVERLONG_3 | TOO_LARGE,
    [0xa] = ANY_CONTINUATION | SURROGATE | TOO_LARGE,
    [0xb] = ANY_CONTINUATION | SURROGATE | TOO_LARGE,
    LEAD_ALONE, LEAD_ALONE, LEAD_ALONE, LEAD_ALONE,
};

AVX2 static inline __m256i table(const uint8_t *sixteen) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)sixteen));
}

AVX2 static inline __m256i high_halves(__m256i bytes) {
  return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0f));
}

/// The bits of the bytes whose first one is set.
AVX2 static inline uint32_t top_bits(__m256i bytes) { return (uint32_t)_mm256_movemask_epi8(bytes); }

AVX2 static inline __m256i load(const uint8_t *in) { return _mm256_loadu_si256((const __m256i *)in); }

/// Not zero where a byte of `block` is wrong behind the bytes one, two and three before each. Adds the leads
/// of four bytes among the last of these.
AVX2 static inline __m256i wrong_bytes(
    __m256i block, __m256i one_before, __m256i two_before, __m256i three_before, uint64_t *supplementary) {
  __m256i pairs = _mm256_and_si256(
      _mm256_and_si256(
          _mm256_shuffle_epi8(table(first_high), high_halves(one_before)),
          _mm256_shuffle_epi8(table(first_low), _mm256_and_si256(one_before, _mm256_set1_epi8(0x0f)))),
      _mm256_shuffle_epi8(table(second_high), high_halves(block)));
  // What is left from 80 on stands in the third or fourth place of a character, and must continue it, as must
  // the byte before: two continuations, and nothing else wrong.
  __m256i fourth = _mm256_subs_epu8(three_before, _mm256_set1_epi8(0xf0 - 0x80));
  __m256i third = _mm256_subs_epu8(two_before, _mm256_set1_epi8(0xe0 - 0x80));
  __m256i must_continue = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8((char)0x80));
  *supplementary += (uint64_t)_mm_popcnt_u32(top_bits(fourth));
  return _mm256_xor_si256(pairs, must_continue);
}

/// The same of a block that follows `before`.
AVX2 static inline __m256i wrong_behind(__m256i block, __m256i before, uint64_t *supplementary) {
  __m256i middle = _mm256_permute2x128_si256(before, block, 0x21);
  return wrong_bytes(
      block, _mm256_alignr_epi8(block, middle, 15), _mm256_alignr_epi8(block, middle, 14),
      _mm256_alignr_epi8(block, middle, 13), supplementary);
}

/// Whether 64 bytes are well-formed behind `before`.
AVX2 static inline bool is_well_formed(__m256i first, __m256i second, __m256i before, uint64_t *supplementary) {
  __m256i wrong = wrong_behind(first, before, supplementary);
  wrong = _mm256_or_si256(wrong, wrong_behind(second, first, supplementary));
  return _mm256_testz_si256(wrong, wrong);
}

/// Whether the 64 bytes at `in`, which are in the registers, are well-formed behind what is before them in a
/// text that begins at `start`, at `in` or at least three bytes before it. The bytes before each are loaded
/// again, which costs less than to move them up in registers.
AVX2 static inline bool is_well_formed_at(
    const uint8_t *in, const uint8_t *start, __m256i first, __m256i second, uint64_t *supplementary) {
  if (in == start) return is_well_formed(first, second, _mm256_setzero_si256(), supplementary);
  __m256i wrong = wrong_bytes(first, load(in - 1), load(in - 2), load(in - 3), supplementary);
  __m256i more = wrong_bytes(second, load(in + 31), load(in + 30), load(in + 29), supplementary);
  wrong = _mm256_or_si256(wrong, more);
  return _mm256_testz_si256(wrong, wrong);
}

/// How many of the last bytes before `end` begin a character that they don't complete: 0 to 3. There are
/// three bytes, and what is said counts only where all before them is well-formed.
static inline size_t cut_bytes(const uint8_t *end) {
  if (end[-1] >= 0xc0) return 1;
  if (end[-2] >= 0xe0) return 2;
  return end[-3] >= 0xf0 ? 3 : 0;
}

#endif

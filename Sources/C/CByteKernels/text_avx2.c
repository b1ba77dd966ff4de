// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// 64 bytes a step, for processors with AVX2.

#include "text_internal.h"

#if CBYTE_X86
#include "text_avx2_block.h"
#include "text_escape.h"

/// For each set of specials among eight bytes, where the output takes its bytes from: 8 is the backslash
/// before a special.
static const uint8_t spreads[256][16] __attribute__((aligned(16))) = {
#define BYTE0(i) i,
#define BYTE1(i) 8, i,
#define ROW(a, b, c, d, e, f, g, h) \
  {BYTE##a(0) BYTE##b(1) BYTE##c(2) BYTE##d(3) BYTE##e(4) BYTE##f(5) BYTE##g(6) BYTE##h(7)},
#define BIT0(...) ROW(0, __VA_ARGS__) ROW(1, __VA_ARGS__)
#define BIT1(...) BIT0(0, __VA_ARGS__) BIT0(1, __VA_ARGS__)
#define BIT2(...) BIT1(0, __VA_ARGS__) BIT1(1, __VA_ARGS__)
#define BIT3(...) BIT2(0, __VA_ARGS__) BIT2(1, __VA_ARGS__)
#define BIT4(...) BIT3(0, __VA_ARGS__) BIT3(1, __VA_ARGS__)
#define BIT5(...) BIT4(0, __VA_ARGS__) BIT4(1, __VA_ARGS__)
#define BIT6(...) BIT5(0, __VA_ARGS__) BIT5(1, __VA_ARGS__)
    BIT6(0) BIT6(1)
};

/// The letters of the control characters that have one.
static const uint8_t letters[32] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};

/// 32 bytes: which JSON escapes (ff where it does), which of them are control characters, and the letters of
/// these, 0 where there is none.
typedef struct block {
  __m256i bytes, specials, controls, letters;
} block_t;

AVX2 static inline block_t look_at(__m256i bytes) {
  // Unsigned comparisons: there is no such instruction, but a minimum.
  __m256i controls = _mm256_cmpeq_epi8(bytes, _mm256_min_epu8(bytes, _mm256_set1_epi8(0x1f)));
  __m256i quotes = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"'));
  __m256i backslashes = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\'));
  // A shuffle gives 0 for what is 80 or more, which these are from 10 on.
  __m256i places = _mm256_adds_epu8(bytes, _mm256_set1_epi8(0x70));
  return (block_t){
      .bytes = bytes,
      .specials = _mm256_or_si256(controls, _mm256_or_si256(quotes, backslashes)),
      .controls = controls,
      .letters = _mm256_shuffle_epi8(table(letters), places),
  };
}

/// Control characters that become six bytes.
AVX2 static inline __m256i without_letter(block_t block) {
  return _mm256_and_si256(block.controls, _mm256_cmpeq_epi8(block.letters, _mm256_setzero_si256()));
}

/// The spreads of two times eight bytes, one for each half of a register.
AVX2 static inline __m256i load_spreads(uint8_t low, uint8_t high) {
  __m256i spread = _mm256_castsi128_si256(_mm_load_si128((const __m128i *)spreads[low]));
  return _mm256_inserti128_si256(spread, _mm_load_si128((const __m128i *)spreads[high]), 1);
}

/// Escapes 32 bytes of which all that are special become two. May write 8 bytes behind the end, which it
/// returns.
AVX2 static inline uint8_t *put_block(block_t block, uint32_t specials, uint8_t *out) {
  // A letter is greater than its control character, and the other bytes are greater than none.
  __m256i bytes = _mm256_max_epu8(block.bytes, block.letters), backslashes = _mm256_set1_epi8('\\');
  uint8_t first = (uint8_t)specials, second = (uint8_t)(specials >> 8);
  uint8_t third = (uint8_t)(specials >> 16), fourth = (uint8_t)(specials >> 24);
  // In each half of a register eight bytes, and backslashes behind them for the spread to take.
  __m256i even = _mm256_blend_epi32(bytes, backslashes, 0xcc), odd = _mm256_alignr_epi8(backslashes, bytes, 8);
  even = _mm256_shuffle_epi8(even, load_spreads(first, third));
  odd = _mm256_shuffle_epi8(odd, load_spreads(second, fourth));
  // Each store writes 16 bytes, and the next one begins where the last one's own bytes end.
  _mm_storeu_si128((__m128i *)out, _mm256_castsi256_si128(even));
  out += 8 + _mm_popcnt_u32(first);
  _mm_storeu_si128((__m128i *)out, _mm256_castsi256_si128(odd));
  out += 8 + _mm_popcnt_u32(second);
  _mm_storeu_si128((__m128i *)out, _mm256_extracti128_si256(even, 1));
  out += 8 + _mm_popcnt_u32(third);
  _mm_storeu_si128((__m128i *)out, _mm256_extracti128_si256(odd, 1));
  return out + 8 + _mm_popcnt_u32(fourth);
}

AVX2 static inline bool is_all_zero(__m256i bytes) { return _mm256_testz_si256(bytes, bytes); }

AVX2 static inline bool is_ascii(__m256i first, __m256i second) {
  return top_bits(_mm256_or_si256(first, second)) == 0;
}

/// Escapes the bytes at `in`, 64 or fewer with spaces behind them, which are in the registers. Returns where
/// the output ends, or NULL for a NUL. May write the spaces and 8 bytes behind that.
AVX2 static inline uint8_t *put_64(const uint8_t *in, size_t count, __m256i first, __m256i second, uint8_t *out) {
  block_t a = look_at(first), b = look_at(second);
  uint32_t specials_a = top_bits(a.specials), specials_b = top_bits(b.specials);
  if ((specials_a | specials_b) == 0) {
    _mm256_storeu_si256((__m256i *)out, first);
    _mm256_storeu_si256((__m256i *)(out + 32), second);
    return out + count;
  }
  if (__builtin_expect(is_all_zero(_mm256_or_si256(without_letter(a), without_letter(b))), 1)) {
    return put_block(b, specials_b, put_block(a, specials_a, out)) - (64 - count);
  }
  for (size_t i = 0; i < count; i++) {
    if (in[i] == 0) return NULL;
    out = put_escaped(out, in[i]);
  }
  return out;
}

/// Escapes the 64 bytes at `in`, which are in the registers, where at most one is special: all of them, and
/// those behind the special once more at their place. One and none take the same way, without a branch that
/// the processor would guess wrong. Returns NULL where this is not the way. Reads 65 bytes behind the 64, and
/// may write 66.
AVX2 static inline uint8_t *put_sparse_64(const uint8_t *in, __m256i first, __m256i second, uint8_t *out) {
  uint64_t specials = top_bits(look_at(first).specials) | (uint64_t)top_bits(look_at(second).specials) << 32;
  size_t place = _tzcnt_u64(specials);  // 64 for none
  uint32_t special = in[place], control = (special - 0x20) >> 24;  // ff where it is one
  uint32_t letter = (letters[special & 31] & control) | (special & ~control);
  if ((specials & (specials - 1)) != 0 || letter == 0) return NULL;
  _mm256_storeu_si256((__m256i *)out, first);
  _mm256_storeu_si256((__m256i *)(out + 32), second);
  out[place] = '\\', out[place + 1] = (uint8_t)letter;
  _mm256_storeu_si256((__m256i *)(out + place + 2), load(in + place + 1));
  _mm256_storeu_si256((__m256i *)(out + place + 34), load(in + place + 33));
  return out + 64 + (specials != 0);
}

/// What a step takes of less than 64 bytes: all but a character that is cut. The rest of the registers are
/// spaces.
AVX2 static inline size_t load_short(const uint8_t *in, size_t count, __m256i *first, __m256i *second) {
  uint8_t padded[64];
  size_t whole = count - cut_bytes(in + count);
  memset(padded, ' ', 64);
  memcpy(padded, in, whole);
  *first = load(padded), *second = load(padded + 32);
  return whole;
}

AVX2 ptrdiff_t ctext_escape_avx2(const uint8_t *in, size_t count, uint8_t *out, uint64_t *supplementary) {
  const uint8_t *start = in, *end = in + count;
  uint8_t *out_start = out;
  __m256i first, second;
  bool is_over = true;  // all characters of the block before are whole
  // One loop for ASCII and one for all else: together they would have more constants than there are
  // registers. What a step writes too much has the room of its own bytes, as only a step writes it in which
  // none became six.
  while (end - in >= 64) {
    for (; end - in >= 64; in += 64) {
      first = load(in), second = load(in + 32);
      if (!is_ascii(first, second)) break;
      out = put_64(in, 64, first, second, out);
      if (!out) return CTEXT_NOT_TEXT;
    }
    for (is_over = end - in < 64; !is_over && end - in >= 64; in += 64) {
      first = load(in), second = load(in + 32);
      if (!is_well_formed_at(in, start, first, second, supplementary)) return CTEXT_NOT_TEXT;
      uint8_t *sparse = end - in >= 129 ? put_sparse_64(in, first, second, out) : NULL;
      out = sparse ? sparse : put_64(in, 64, first, second, out);
      if (!out) return CTEXT_NOT_TEXT;
      is_over = is_ascii(first, second);
    }
  }
  // 16 bytes have the room for the spaces, too.
  if (end - in >= 16) {
    __m256i before = in > start ? load(in - 32) : _mm256_setzero_si256();
    size_t taken = load_short(in, (size_t)(end - in), &first, &second);
    if (!is_over || !is_ascii(first, second)) {
      if (!is_well_formed(first, second, before, supplementary)) return CTEXT_NOT_TEXT;
    }
    out = put_64(in, taken, first, second, out);
    if (!out) return CTEXT_NOT_TEXT;
    in += taken;
  } else if (!is_over) {
    size_t cut = cut_bytes(in);
    in -= cut, out -= cut;
  }
  ptrdiff_t rest = ctext_escape_portable(in, (size_t)(end - in), out, supplementary);
  return rest == CTEXT_NOT_TEXT ? rest : out + rest - out_start;
}

AVX2 static inline bool has_nul(__m256i first, __m256i second) {
  __m256i least = _mm256_min_epu8(first, second);
  return !is_all_zero(_mm256_cmpeq_epi8(least, _mm256_setzero_si256()));
}

AVX2 bool ctext_scan_avx2(const uint8_t *in, size_t count, uint64_t *supplementary) {
  const uint8_t *start = in, *end = in + count;
  __m256i first, second;
  bool is_over = true;
  for (; end - in >= 64; in += 64) {
    first = load(in), second = load(in + 32);
    if (has_nul(first, second)) return false;
    bool is_plain = is_ascii(first, second);
    if (!(is_plain && is_over) && !is_well_formed_at(in, start, first, second, supplementary)) return false;
    is_over = is_plain;
  }
  if (end - in >= 16) {
    __m256i before = in > start ? load(in - 32) : _mm256_setzero_si256();
    in += load_short(in, (size_t)(end - in), &first, &second);
    if (has_nul(first, second) || !is_well_formed(first, second, before, supplementary)) return false;
  } else if (!is_over) {
    in -= cut_bytes(in);
  }
  return ctext_scan_portable(in, (size_t)(end - in), supplementary);
}
#endif

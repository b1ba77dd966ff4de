// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Blocks of 64 bytes as they stand in a JSON string, with AVX-512 VBMI2. Special bytes become their letters,
// and an expansion moves the bytes apart to make place for backslashes:
//
//     text       a  "  b  \n c                 specials  .  1  .  1  .
//     letters    a  "  b  n  c                 places    1  .  1  1  .  1  1
//     expanded   a  \  "  b  \  n  c

#ifndef CTEXT_AVX512_PUT_H
#define CTEXT_AVX512_PUT_H

#include "text_avx512_block.h"
#include "text_escape.h"

/// No letter, but a top bit: a control character that becomes six bytes, or NUL.
#define RARE 0x80

/// By the byte: the letter behind the backslash or RARE, 0 for what is not special.
static const uint8_t letters[128] __attribute__((aligned(64))) = {
    RARE, RARE, RARE, RARE, RARE, RARE, RARE, RARE, 'b', 't', 'n', RARE, 'f', 'r', RARE, RARE,
    RARE, RARE, RARE, RARE, RARE, RARE, RARE, RARE, RARE, RARE, RARE, RARE, RARE, RARE, RARE, RARE,
    ['"'] = '"', ['\\'] = '\\',
};

AVX512 static inline __m512i letters_of_ascii(__m512i bytes) {
  return _mm512_permutex2var_epi8(load(letters), bytes, load(letters + 64));
}

/// For bytes that may be other than ASCII: they are taken for 7f.
AVX512 static inline __m512i letters_of(__m512i bytes) {
  return letters_of_ascii(_mm512_min_epu8(bytes, _mm512_set1_epi8(0x7f)));
}

AVX512 static inline uint64_t not_zero(__m512i bytes) { return _mm512_test_epi8_mask(bytes, bytes); }

/// Where the bytes of 32 bytes with `specials` go: a bit for each of up to 64 bytes of output.
AVX512 static inline uint64_t places_of(uint32_t specials) {
  const uint64_t bytes = 0xaaaaaaaaaaaaaaaa, backslashes = 0x5555555555555555;
  return _pext_u64(bytes, bytes | _pdep_u64(specials, backslashes));
}

AVX512 static inline __m512i expand(uint64_t places, __m512i bytes) {
  return _mm512_mask_expand_epi8(_mm512_set1_epi8('\\'), places, bytes);
}

AVX512 static inline __m512i upper_half(__m512i bytes) { return _mm512_shuffle_i64x2(bytes, bytes, 0x4e); }

/// Escapes 64 bytes with at most one special, which is not rare. `letter` are their letters.
AVX512 static inline uint8_t *put_sparse(
    const uint8_t *in, __m512i bytes, __m512i letter, uint64_t specials, uint8_t *out) {
  // The places are those that are not special. A letter is greater than its control character.
  _mm512_storeu_si512(out, expand(_mm512_testn_epi8_mask(letter, letter), _mm512_max_epu8(bytes, letter)));
  uint8_t last = in[63];
  out[64] = last < 0x20 ? letters[last] : last;
  return out + 64 + (specials != 0);
}

/// Escapes 64 bytes of which none is rare. May write 128.
AVX512 static inline uint8_t *put_dense(
    const uint8_t *in, __m512i bytes, __m512i letter, uint64_t specials, uint8_t *out) {
  size_t count = (size_t)_mm_popcnt_u64(specials), low = (size_t)_mm_popcnt_u32((uint32_t)specials);
  uint64_t low_places = places_of((uint32_t)specials), high_places = places_of((uint32_t)(specials >> 32));
  bytes = _mm512_max_epu8(bytes, letter);
  // In most blocks no special is among the last bytes, as many as are moved out of the first 64 bytes of
  // output. Then one expansion and a copy do, and there are less than 32 specials.
  if (__builtin_expect(specials >> (~count & 63) == 0, 1)) {
    _mm256_storeu_si256((__m256i *)(out + 32 + count), _mm256_loadu_si256((const __m256i *)(in + 32)));
    _mm512_storeu_si512(out, expand(low_places | high_places << (32 + low), bytes));
    return out + 64 + count;
  }
  _mm512_storeu_si512(out, expand(low_places, bytes));
  _mm512_storeu_si512(out + 32 + low, expand(high_places, upper_half(bytes)));
  return out + 64 + count;
}

/// Escapes bytes of which some are rare; NULL for NUL.
__attribute__((noinline)) static uint8_t *put_rare(const uint8_t *in, size_t count, uint8_t *out) {
  for (size_t i = 0; i < count; i++) {
    if (in[i] == 0) return NULL;
    out = put_escaped(out, in[i]);
  }
  return out;
}

/// Escapes `count` (at most 64) bytes, which are in the register with zeroes behind them; writes nothing
/// behind their output. NULL for NUL.
AVX512 static inline uint8_t *put_64(const uint8_t *in, __m512i bytes, size_t count, uint8_t *out) {
  __m512i letter = _mm512_maskz_mov_epi8(first_bits(count), letters_of(bytes));
  if (__builtin_expect(has_top_bit(letter), 0)) return put_rare(in, count, out);
  uint64_t specials = not_zero(letter);
  bytes = _mm512_max_epu8(bytes, letter);
  size_t low = count < 32 ? count : 32, all = count + (size_t)_mm_popcnt_u64(specials);
  size_t low_written = low + (size_t)_mm_popcnt_u32((uint32_t)specials);
  _mm512_mask_storeu_epi8(out, first_bits(low_written), expand(places_of((uint32_t)specials), bytes));
  _mm512_mask_storeu_epi8(
      out + low_written, first_bits(all - low_written),
      expand(places_of((uint32_t)(specials >> 32)), upper_half(bytes)));
  return out + all;
}

/// Escapes 256 bytes of which some are rare; NULL for NUL.
AVX512 __attribute__((noinline)) static uint8_t *put_rare_256(const uint8_t *in, uint8_t *out) {
  for (size_t i = 0; i < 256 && out; i += 64) {
    __m512i bytes = load(in + i), letter = letters_of(bytes);
    if (has_top_bit(letter)) {
      out = put_rare(in + i, 64, out);
    } else {
      out = put_dense(in + i, bytes, letter, not_zero(letter), out);
    }
  }
  return out;
}

/// Writes 256 bytes of which none is special.
AVX512 static inline uint8_t *put_plain_256(ctext_group bytes, uint8_t *out) {
  _mm512_storeu_si512(out, bytes.a), _mm512_storeu_si512(out + 64, bytes.b);
  _mm512_storeu_si512(out + 128, bytes.c), _mm512_storeu_si512(out + 192, bytes.d);
  return out + 256;
}

AVX512 static inline uint64_t without_lowest(uint64_t bits) { return bits & (bits - 1); }

/// Escapes 256 bytes of which none is rare; only where they `may_be_sparse` it is worth to look. Always
/// inline, as a function would get the blocks through memory.
AVX512 __attribute__((always_inline)) static inline uint8_t *put_256(
    const uint8_t *in, ctext_group letter, bool may_be_sparse, uint8_t *out) {
  uint64_t a = now(not_zero(letter.a)), b = now(not_zero(letter.b));
  uint64_t c = now(not_zero(letter.c)), d = now(not_zero(letter.d));
  ctext_group bytes = load_256(in);
  if (may_be_sparse && !(without_lowest(a) | without_lowest(b) | without_lowest(c) | without_lowest(d))) {
    out = put_sparse(in, bytes.a, letter.a, a, out);
    out = put_sparse(in + 64, bytes.b, letter.b, b, out);
    out = put_sparse(in + 128, bytes.c, letter.c, c, out);
    return put_sparse(in + 192, bytes.d, letter.d, d, out);
  }
  out = put_dense(in, bytes.a, letter.a, a, out);
  out = put_dense(in + 64, bytes.b, letter.b, b, out);
  out = put_dense(in + 128, bytes.c, letter.c, c, out);
  return put_dense(in + 192, bytes.d, letter.d, d, out);
}

#endif

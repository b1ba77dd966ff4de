// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// 64 bytes a step, for processors with AVX-512 VBMI2.

#include "text_internal.h"

#if CBYTE_X86
#include "text_avx512_block.h"
#include "text_escape.h"

/// The letter behind the backslash by the lower six bits of the byte, for those that have one ('\\' is 5c).
static const uint8_t letters[64] = {
    ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r', ['"'] = '"', ['\\' & 63] = '\\',
};

/// What JSON escapes: a bit for each such byte.
AVX512 static inline uint64_t specials_of(__m512i bytes) {
  return _mm512_cmplt_epu8_mask(bytes, _mm512_set1_epi8(0x20)) | _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('"')) |
      _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\\'));
}

/// The control characters that become six bytes: below 20, but not 08..0d, and 0b.
AVX512 static inline uint64_t without_letter(__m512i bytes, uint64_t specials) {
  __m512i from_backspace = _mm512_sub_epi8(bytes, _mm512_set1_epi8('\b'));
  uint64_t others = _mm512_cmpgt_epu8_mask(from_backspace, _mm512_set1_epi8('\r' - '\b')) |
      _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\v'));
  return specials & others & _mm512_cmplt_epu8_mask(bytes, _mm512_set1_epi8(0x20));
}

/// Escapes 32 of the block's bytes that are all one or two bytes long in JSON. Each is doubled; where it is
/// special the first of the two becomes a backslash and the second its letter, else the second is squeezed
/// out:
///
///     a "   ->   a a " "   ->   a a \\ "   ->   a \\ "
///
/// Writes 64 bytes, or only the ones that count where `exact`; returns where the ones that count end.
AVX512 static inline uint8_t *put_half(
    __m512i bytes, int half, uint32_t specials, size_t count, bool exact, uint8_t *out) {
  const __m512i once = _mm512_cvtepu8_epi16(_mm256_setr_epi8(
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
      16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31));
  __m512i twice = _mm512_or_si512(once, _mm512_slli_epi16(once, 8));
  twice = _mm512_add_epi8(twice, _mm512_set1_epi8((char)(32 * half)));

  uint64_t second = _pdep_u64(specials, 0xaaaaaaaaaaaaaaaa);
  __m512i doubled = _mm512_permutexvar_epi8(twice, bytes);
  doubled = _mm512_mask_permutexvar_epi8(doubled, second, doubled, _mm512_loadu_si512(letters));
  doubled = _mm512_mask_mov_epi8(doubled, second >> 1, _mm512_set1_epi8('\\'));
  __m512i squeezed = _mm512_maskz_compress_epi8(second | 0x5555555555555555, doubled);

  size_t written = count + (size_t)_mm_popcnt_u32(specials);
  if (exact) {
    _mm512_mask_storeu_epi8(out, first_bits(written), squeezed);
  } else {
    _mm512_storeu_si512(out, squeezed);
  }
  return out + written;
}

/// Escapes `count` of the block's bytes, in which there are `specials`.
AVX512 static inline uint8_t *put_block(
    const uint8_t *in, __m512i bytes, uint64_t specials, size_t count, bool exact, uint8_t *out) {
  if (__builtin_expect(without_letter(bytes, specials) != 0, 0)) {
    for (size_t i = 0; i < count; i++) out = put_escaped(out, in[i]);
    return out;
  }
  size_t low = count < 32 ? count : 32;
  out = put_half(bytes, 0, (uint32_t)specials, low, exact, out);
  return put_half(bytes, 1, (uint32_t)(specials >> 32), count - low, exact, out);
}

AVX512 static inline bool has_nul(__m512i bytes, uint64_t present) {
  return _mm512_mask_testn_epi8_mask(present, bytes, bytes) != 0;
}

AVX512 ptrdiff_t ctext_escape_avx512(const uint8_t *in, size_t count, uint8_t *out, uint64_t *supplementary) {
  const uint8_t *start = out;
  ctext_carry carry = {0, _mm512_setzero_si512()};
  for (; count >= 64; in += 64, count -= 64) {
    __m512i bytes = _mm512_loadu_si512(in);
    uint64_t high = _mm512_movepi8_mask(bytes), specials = specials_of(bytes);
    if ((high | carry.expected) && !is_well_formed(bytes, high, ~0ull, &carry, supplementary)) return CTEXT_NOT_TEXT;
    if (specials == 0) {
      _mm512_storeu_si512(out, bytes);
      out += 64;
    } else {
      if (has_nul(bytes, ~0ull)) return CTEXT_NOT_TEXT;
      out = put_block(in, bytes, specials, 64, false, out);
    }
  }
  if (count > 0) {
    uint64_t present = first_bits(count);
    __m512i bytes = _mm512_maskz_loadu_epi8(present, in);
    uint64_t high = _mm512_movepi8_mask(bytes), specials = specials_of(bytes) & present;
    if ((high | carry.expected) && !is_well_formed(bytes, high, present, &carry, supplementary)) return CTEXT_NOT_TEXT;
    if (specials == 0) {
      _mm512_mask_storeu_epi8(out, present, bytes);
      out += count;
    } else {
      if (has_nul(bytes, present)) return CTEXT_NOT_TEXT;
      out = put_block(in, bytes, specials, count, true, out);
    }
  }
  return out - start;
}

/// Whether 256 bytes are ASCII without NUL.
AVX512 static inline bool is_plain256(const uint8_t *in) {
  __m512i a = _mm512_loadu_si512(in), b = _mm512_loadu_si512(in + 64);
  __m512i c = _mm512_loadu_si512(in + 128), d = _mm512_loadu_si512(in + 192);
  __m512i least = _mm512_min_epu8(_mm512_min_epu8(a, b), _mm512_min_epu8(c, d));
  __m512i all = _mm512_or_si512(_mm512_or_si512(a, b), _mm512_or_si512(c, d));
  return (_mm512_testn_epi8_mask(least, least) | _mm512_movepi8_mask(all)) == 0;
}

AVX512 bool ctext_scan_avx512(const uint8_t *in, size_t count, uint64_t *supplementary) {
  ctext_carry carry = {0, _mm512_setzero_si512()};
  while (count > 0) {
    size_t length = count < 64 ? count : 64;
    uint64_t present = first_bits(length);
    __m512i bytes = _mm512_maskz_loadu_epi8(present, in);
    uint64_t high = _mm512_movepi8_mask(bytes);
    if (has_nul(bytes, present)) return false;
    if ((high | carry.expected) && !is_well_formed(bytes, high, present, &carry, supplementary)) return false;
    in += length, count -= length;
    if (high) continue;
    for (; count >= 256 && is_plain256(in); count -= 256) in += 256;
  }
  return true;
}
#endif

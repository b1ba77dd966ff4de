// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// 256 bytes a step, for processors with AVX-512 VBMI2; at the start and at the end of a call 64 or fewer.

#include "text_internal.h"

#if CBYTE_X86
#include "text_avx512_block.h"
#include "text_avx512_put.h"

AVX512 static inline bool has_nul(__m512i bytes, uint64_t present) {
  return _mm512_mask_testn_epi8_mask(present, bytes, bytes) != 0;
}

AVX512 static inline bool has_nul_256(ctext_group bytes) {
  __m512i low = _mm512_min_epu8(bytes.a, bytes.b);
  __m512i high = _mm512_min_epu8(bytes.c, bytes.d);
  return has_nul(_mm512_min_epu8(low, high), ~0ull);
}

/// Escapes groups that are ASCII and returns how many bytes of the input these are, or SIZE_MAX for NUL.
AVX512 static inline size_t escape_ascii(const uint8_t *in, size_t count, uint8_t **end) {
  size_t done = 0;
  uint8_t *out = *end;
  for (; count - done >= 256; done += 256) {
    ctext_group bytes = load_256(in + done);
    if (has_top_bit(or_of(bytes))) break;
    ctext_group letter = {
        letters_of_ascii(bytes.a), letters_of_ascii(bytes.b),
        letters_of_ascii(bytes.c), letters_of_ascii(bytes.d)};
    __m512i any = or_of(letter);
    if (not_zero(any) == 0) {
      out = put_plain_256(bytes, out);
    } else if (__builtin_expect(!has_top_bit(any), 1)) {
      out = put_256(in + done, letter, false, out);
    } else {
      out = put_rare_256(in + done, out);
      if (!out) return SIZE_MAX;
    }
  }
  *end = out;
  return done;
}

/// Escapes groups up to one that ends with 64 bytes of ASCII, and returns how many bytes of the input these
/// are, or SIZE_MAX for what is not text.
AVX512 static inline size_t escape_other(const uint8_t *in, size_t count, uint8_t **end, uint64_t *fours) {
  size_t done = 0;
  uint8_t *out = *end;
  bool is_over = false;
  for (; count - done >= 256 && !is_over; done += 256) {
    ctext_group bytes = load_256(in + done);
    ctext_findings found = look_at_256(in + done);
    ctext_group letter = {letters_of(bytes.a), letters_of(bytes.b), letters_of(bytes.c), letters_of(bytes.d)};
    __m512i any = or_of(letter);
    is_over = now(top_bits(bytes.d)) == 0;
    if (__builtin_expect(not_zero(all_findings(found, any)) != 0, 0)) {
      if (!is_well_formed(found, ~0ull)) return SIZE_MAX;
      *fours += count_fours_256(in + done);
      if (has_top_bit(any)) {
        out = put_rare_256(in + done, out);
        if (!out) return SIZE_MAX;
        continue;
      }
    }
    if (not_zero(any) == 0) {
      out = put_plain_256(bytes, out);
    } else {
      out = put_256(in + done, letter, true, out);
    }
  }
  *end = out;
  return done;
}

AVX512 ptrdiff_t ctext_escape_avx512(const uint8_t *in, size_t count, uint8_t *out, uint64_t *supplementary) {
  const uint8_t *start = in, *end = in + count;
  uint8_t *out_start = out;
  uint64_t fours = 0;
  bool is_over = true;  // all characters before `in` are whole
  while (in < end) {
    size_t length = end - in < 64 ? (size_t)(end - in) : 64;
    __m512i bytes = _mm512_maskz_loadu_epi8(first_bits(length), in);
    bool is_plain = !has_top_bit(bytes);
    if (!(is_plain && is_over)) {
      __m512i before = in > start ? load(in - 64) : _mm512_setzero_si512();
      if (!is_well_formed_64(bytes, length, before, &fours)) return CTEXT_NOT_TEXT;
    }
    is_over = is_plain;
    out = put_64(in, bytes, length, out);
    if (!out) return CTEXT_NOT_TEXT;
    in += length;
    if (end - in >= 256) {
      fours -= in[-1] >= 0xf0;  // the groups count from here on, up to their last byte
      for (; end - in >= 256; is_over = true) {
        size_t done = is_over ? escape_ascii(in, (size_t)(end - in), &out) : 0;
        if (done == SIZE_MAX) return CTEXT_NOT_TEXT;
        in += done;
        done = escape_other(in, (size_t)(end - in), &out, &fours);
        if (done == SIZE_MAX) return CTEXT_NOT_TEXT;
        in += done;
      }
      fours += in[-1] >= 0xf0;
      is_over = in[-1] < 0x80;
    }
  }
  *supplementary += fours;
  return count > 0 && ends_with_never(end[-1]) ? CTEXT_NOT_TEXT : out - out_start;
}

/// Looks at groups that are ASCII without NUL, and returns how many bytes these are.
AVX512 static inline size_t scan_ascii(const uint8_t *in, size_t count) {
  size_t done = 0;
  for (; count - done >= 256; done += 256) {
    ctext_group bytes = load_256(in + done);
    if (has_top_bit(or_of(bytes)) || has_nul_256(bytes)) break;
  }
  return done;
}

/// Looks at groups up to one that ends with 64 bytes of ASCII, and returns how many bytes these are, or
/// SIZE_MAX for what is not text.
AVX512 static inline size_t scan_other(const uint8_t *in, size_t count, uint64_t *fours) {
  size_t done = 0;
  bool is_over = false;
  for (; count - done >= 256 && !is_over; done += 256) {
    ctext_group bytes = load_256(in + done);
    ctext_findings found = look_at_256(in + done);
    is_over = now(top_bits(bytes.d)) == 0;
    if (has_nul_256(bytes)) return SIZE_MAX;
    if (__builtin_expect(not_zero(all_findings(found, _mm512_setzero_si512())) != 0, 0)) {
      if (!is_well_formed(found, ~0ull)) return SIZE_MAX;
      *fours += count_fours_256(in + done);
    }
  }
  return done;
}

AVX512 bool ctext_scan_avx512(const uint8_t *in, size_t count, uint64_t *supplementary) {
  const uint8_t *start = in, *end = in + count;
  uint64_t fours = 0;
  bool is_over = true;
  while (in < end) {
    size_t length = end - in < 64 ? (size_t)(end - in) : 64;
    uint64_t present = first_bits(length);
    __m512i bytes = _mm512_maskz_loadu_epi8(present, in);
    if (has_nul(bytes, present)) return false;
    bool is_plain = !has_top_bit(bytes);
    if (!(is_plain && is_over)) {
      __m512i before = in > start ? load(in - 64) : _mm512_setzero_si512();
      if (!is_well_formed_64(bytes, length, before, &fours)) return false;
    }
    is_over = is_plain;
    in += length;
    if (end - in >= 256) {
      fours -= in[-1] >= 0xf0;
      for (; end - in >= 256; is_over = true) {
        in += is_over ? scan_ascii(in, (size_t)(end - in)) : 0;
        size_t done = scan_other(in, (size_t)(end - in), &fours);
        if (done == SIZE_MAX) return false;
        in += done;
      }
      fours += in[-1] >= 0xf0;
      is_over = in[-1] < 0x80;
    }
  }
  *supplementary += fours;
  return count == 0 || !ends_with_never(end[-1]);
}
#endif

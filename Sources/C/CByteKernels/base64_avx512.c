// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// 48 bytes become 64 characters in three instructions, for processors with AVX-512 VBMI.

#include "base64_internal.h"

#if CBYTE_X86
#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,bmi2")))

/// Three bytes a b c are laid into a 32-bit lane as b a c b (lowest byte first), so that each of the four
/// digits lies in one piece somewhere in the lane:
///
///     bits   31....24 23....16 15.....8 7......0
///     bytes  bbbbbbbb cccccccc aaaaaaaa bbbbbbbb
///     digit 0 (top 6 bits of a):         bit 10    digit 2 (low 4 of b, top 2 of c): bit 22
///     digit 1 (low 2 of a, top 4 of b):  bit  4    digit 3 (low 6 of c):             bit 16
///
/// The multishift picks 8 bits from each of these places, in 64-bit lanes, hence once more with 32 added. The
/// last permute looks only at the lower 6 bits of what it gets: it needs no mask, and is the alphabet.
TARGET static inline __m512i encode48(__m512i bytes, __m512i spread, __m512i alphabet) {
  const __m512i places = _mm512_set1_epi64(0x3036242a1016040a);
  __m512i digits = _mm512_multishift_epi64_epi8(places, _mm512_permutexvar_epi8(spread, bytes));
  return _mm512_permutexvar_epi8(digits, alphabet);
}

// Three bytes for each lane, and the characters of the 64 digits; registers are loaded in each function that
// uses them.
#define SPREAD \
  _mm512_setr_epi32( \
      0x01020001, 0x04050304, 0x07080607, 0x0a0b090a, 0x0d0e0c0d, 0x10110f10, 0x13141213, 0x16171516, \
      0x191a1819, 0x1c1d1b1c, 0x1f201e1f, 0x22232122, 0x25262425, 0x28292728, 0x2b2c2a2b, 0x2e2f2d2e)
#define ALPHABET _mm512_loadu_si512("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

/// How a run of blocks treats the caches.
enum caching {
  /// The hardware's own prefetching does best.
  PLAIN,
  /// Input and output together just miss the first-level cache: asking for the input ahead is worth a
  /// seventh.
  AHEAD,
  /// Output too large for the caches: it is stored past them (see base64_past.c).
  PAST,
};

TARGET static inline void store(uint8_t *out, __m512i characters, enum caching caching) {
  if (caching == PAST) {
    _mm512_stream_si512((__m512i *)out, characters);
  } else {
    _mm512_storeu_si512(out, characters);
  }
}

/// Encodes 192 bytes a step while at least 208 are left (the last load reads 16 more); returns the bytes
/// taken. What is prefetched may lie behind the end: a prefetch never faults.
TARGET static inline size_t encode_run(
    const uint8_t *in, size_t count, uint8_t *out, __m512i spread, __m512i alphabet, enum caching caching) {
  size_t taken = 0;
  for (; count - taken >= 208; taken += 192, in += 192, out += 256) {
    for (int line = 0; line < 192; line += 64) {
      if (caching == AHEAD) _mm_prefetch((const char *)in + 2048 + line, _MM_HINT_T0);
      if (caching == PAST) _mm_prefetch((const char *)in + 1024 + line, _MM_HINT_NTA);
    }
    __m512i a = _mm512_loadu_si512(in), b = _mm512_loadu_si512(in + 48);
    __m512i c = _mm512_loadu_si512(in + 96), d = _mm512_loadu_si512(in + 144);
    store(out, encode48(a, spread, alphabet), caching);
    store(out + 64, encode48(b, spread, alphabet), caching);
    store(out + 128, encode48(c, spread, alphabet), caching);
    store(out + 192, encode48(d, spread, alphabet), caching);
  }
  return taken;
}

/// At most 48 bytes; those that are masked out aren't read, not even where their page doesn't exist.
TARGET static inline __m512i load_part(const uint8_t *in, size_t count) {
  return _mm512_maskz_loadu_epi8(_bzhi_u64(~0ull, (unsigned)count), in);
}

/// Encodes at most 48 bytes, and writes no other characters than theirs.
TARGET static inline void encode_part(
    const uint8_t *in, size_t count, uint8_t *out, __m512i spread, __m512i alphabet) {
  __mmask64 written = _bzhi_u64(~0ull, (unsigned)(count / 3 * 4));
  _mm512_mask_storeu_epi8(out, written, encode48(load_part(in, count), spread, alphabet));
}

TARGET void cb64_encode_avx512(const uint8_t *in, size_t count, uint8_t *out) {
  const size_t small = 32 << 10;
  const __m512i spread = SPREAD, alphabet = ALPHABET;

  // Stores that cross a cache line cost twice. A group is 4 bytes: where the output lies at a multiple of 4,
  // enough groups to reach the next line come first.
  size_t unaligned = -(uintptr_t)out % 64;
  if (unaligned % 4 == 0 && unaligned > 0 && count >= 512) {
    size_t first = unaligned / 4 * 3;
    encode_part(in, first, out, spread, alphabet);
    in += first, count -= first, out += unaligned;
  }

  size_t taken;
  if (count < small) {
    taken = encode_run(in, count, out, spread, alphabet, AHEAD);
  } else {
    taken = encode_run(in, count, out, spread, alphabet, PLAIN);
  }
  in += taken, count -= taken, out += taken / 3 * 4;

  for (; count >= 48; count -= 48, in += 48, out += 64) encode_part(in, 48, out, spread, alphabet);
  if (count > 0) encode_part(in, count, out, spread, alphabet);
}

TARGET void cb64_encode_lines_avx512(const uint8_t *in, size_t count, uint8_t *out) {
  const __m512i spread = SPREAD, alphabet = ALPHABET;
  size_t taken = encode_run(in, count, out, spread, alphabet, PAST);
  in += taken, count -= taken, out += taken / 3 * 4;
  for (; count >= 48; count -= 48, in += 48, out += 64) {
    store(out, encode48(load_part(in, 48), spread, alphabet), PAST);
  }
}
#endif

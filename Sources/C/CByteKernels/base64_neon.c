// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// 48 bytes become 64 characters, for arm64 with NEON.

#include "base64_internal.h"

#if CBYTE_ARM
#include <arm_neon.h>

// The load takes groups apart: all first bytes in one register, all second and all third ones in two more.
// Four digits of sixteen groups are then shifts of whole registers, the alphabet is one look-up in a table of
// four registers, and the store puts the characters of a group back side by side:
//
//     a: aaaaaaaa   b: bbbbbbbb   c: cccccccc   ->   00aaaaaa  00aabbbb  00bbbbcc  00cccccc

static const uint8_t alphabet[64] = {
    'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P',
    'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 'a', 'b', 'c', 'd', 'e', 'f',
    'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v',
    'w', 'x', 'y', 'z', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '/',
};

static inline void encode48(const uint8_t *in, uint8x16x4_t table, uint8_t *out) {
  const uint8x16_t six = vdupq_n_u8(63);
  uint8x16x3_t bytes = vld3q_u8(in);
  uint8x16x4_t digits;
  digits.val[0] = vshrq_n_u8(bytes.val[0], 2);
  digits.val[1] = vandq_u8(vsliq_n_u8(vshrq_n_u8(bytes.val[1], 4), bytes.val[0], 4), six);
  digits.val[2] = vandq_u8(vsliq_n_u8(vshrq_n_u8(bytes.val[2], 6), bytes.val[1], 2), six);
  digits.val[3] = vandq_u8(bytes.val[2], six);
  for (int i = 0; i < 4; i++) digits.val[i] = vqtbl4q_u8(table, digits.val[i]);
  vst4q_u8(out, digits);
}

static inline void encode24(const uint8_t *in, uint8x16x4_t table, uint8_t *out) {
  const uint8x8_t six = vdup_n_u8(63);
  uint8x8x3_t bytes = vld3_u8(in);
  uint8x8x4_t digits;
  digits.val[0] = vshr_n_u8(bytes.val[0], 2);
  digits.val[1] = vand_u8(vsli_n_u8(vshr_n_u8(bytes.val[1], 4), bytes.val[0], 4), six);
  digits.val[2] = vand_u8(vsli_n_u8(vshr_n_u8(bytes.val[2], 6), bytes.val[1], 2), six);
  digits.val[3] = vand_u8(bytes.val[2], six);
  for (int i = 0; i < 4; i++) digits.val[i] = vqtbl4_u8(table, digits.val[i]);
  vst4_u8(out, digits);
}

void cb64_encode_neon(const uint8_t *in, size_t count, uint8_t *out) {
  if (count < 24) {
    cb64_encode_portable(in, count, out);
    return;
  }
  const uint8x16x4_t table = {
      {vld1q_u8(alphabet), vld1q_u8(alphabet + 16), vld1q_u8(alphabet + 32), vld1q_u8(alphabet + 48)}};
  const uint8_t *end = in + count;
  uint8_t *out_end = out + count / 3 * 4;
  for (; end - in >= 48; in += 48, out += 64) encode48(in, table, out);
  // Less than 48 bytes are left, and at least 24 lie behind the start: one or two steps that may overlap.
  if (end - in > 24) encode24(in, table, out);
  if (end > in) encode24(end - 24, table, out_end - 32);
}
#endif

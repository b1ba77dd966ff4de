// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// 16 bytes a step, for arm64 with NEON.

#include "text_internal.h"

#if CBYTE_ARM
#include <arm_neon.h>

#include "text_escape.h"
#include "text_sequences.h"

enum {
  STEP = 16,
  /// Mask bits for a byte, see `mask_of`, and for a block.
  BITS = 4,
  WIDTH = 64,
};

/// The odd leads by their two halves: a lead is of each kind that both tables give it.
static const uint8_t odd_high[16] = {
    [0xc] = LEAD_C0_C1,
    [0xe] = LEAD_E0 | LEAD_ED,
    [0xf] = LEAD_F0 | LEAD_F4 | LEAD_F5_FF,
};

static const uint8_t odd_low[16] = {
    [0x0] = LEAD_E0 | LEAD_F0 | LEAD_C0_C1,
    [0x1] = LEAD_C0_C1,
    [0x4] = LEAD_F4,
    [0x5] = LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF,
    [0xd] = LEAD_F5_FF | LEAD_ED,
    [0xe] = LEAD_F5_FF, LEAD_F5_FF,
};

typedef uint8x16_t block_t;

static inline block_t load_block(const uint8_t *in) { return vld1q_u8(in); }

static inline void store_block(uint8_t *out, block_t block) { vst1q_u8(out, block); }

/// NEON has no instruction that takes a bit of each byte. Shifting pairs of bytes (ff or 00) right by 4 and
/// keeping the lower half of each pair leaves 4 bits for each byte.
static inline uint64_t mask_of(uint8x16_t truth) {
  return vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(truth), 4)), 0);
}

static inline uint64_t high_mask(block_t block) { return mask_of(vcgeq_u8(block, vdupq_n_u8(0x80))); }

static inline uint64_t nul_mask(block_t block) { return mask_of(vceqzq_u8(block)); }

static inline uint64_t special_mask(block_t block) {
  uint8x16_t quotes = vceqq_u8(block, vdupq_n_u8('"')), backslashes = vceqq_u8(block, vdupq_n_u8('\\'));
  return mask_of(vorrq_u8(vcltq_u8(block, vdupq_n_u8(0x20)), vorrq_u8(quotes, backslashes)));
}

static inline uint64_t kind_mask(uint8x16_t kinds, uint8_t kind) { return mask_of(vtstq_u8(kinds, vdupq_n_u8(kind))); }

/// The lead of the character that the end of a block cuts, if there is one.
static inline uint64_t cut_character(ctext_leads leads) {
  const uint64_t last = 0xfull << (WIDTH - BITS), last2 = last | last >> BITS, last3 = last2 | last2 >> BITS;
  return (leads.lead & last) | (leads.three & last2) | (leads.four & last3);
}

/// Where the odd leads are, and which bytes are below a0 and below 90.
typedef struct ctext_seconds {
  uint64_t e0, ed, f0, f4, below_a0, below_90;
} ctext_seconds;

/// Second bytes that their lead doesn't allow: of e0 below a0 (overlong), of ed from a0 on (surrogates), of
/// f0 below 90 (overlong), of f4 from 90 on (above U+10FFFF).
static inline uint64_t wrong_seconds(ctext_seconds s) {
  return (s.e0 << BITS & s.below_a0) | (s.ed << BITS & ~s.below_a0) | (s.f0 << BITS & s.below_90) |
      (s.f4 << BITS & ~s.below_90);
}

static inline bool is_well_formed(block_t block, uint64_t high, size_t *length, uint64_t *supplementary) {
  uint64_t lead = mask_of(vcgeq_u8(block, vdupq_n_u8(0xc0)));
  ctext_leads leads = {
      .lead = lead,
      .three = mask_of(vcgeq_u8(block, vdupq_n_u8(0xe0))),
      .four = mask_of(vcgeq_u8(block, vdupq_n_u8(0xf0))),
  };
  uint64_t wrong = expected_continuations(leads, BITS) ^ (high & ~leads.lead);
  uint8x16_t kinds = vandq_u8(
      vqtbl1q_u8(vld1q_u8(odd_high), vshrq_n_u8(block, 4)),
      vqtbl1q_u8(vld1q_u8(odd_low), vandq_u8(block, vdupq_n_u8(0x0f))));
  if (vmaxvq_u8(kinds) != 0) {
    ctext_seconds seconds = {
        .e0 = kind_mask(kinds, LEAD_E0),
        .ed = kind_mask(kinds, LEAD_ED),
        .f0 = kind_mask(kinds, LEAD_F0),
        .f4 = kind_mask(kinds, LEAD_F4),
        .below_a0 = mask_of(vcltq_u8(block, vdupq_n_u8(0xa0))),
        .below_90 = mask_of(vcltq_u8(block, vdupq_n_u8(0x90))),
    };
    wrong |= wrong_seconds(seconds) | kind_mask(kinds, LEAD_NEVER);
  }
  uint64_t cut = cut_character(leads);
  *length = cut ? (size_t)__builtin_ctzll(cut) / BITS : STEP;
  uint64_t within = cut ? ~(~0ull << (*length * BITS)) : ~0ull;
  *supplementary += (uint64_t)__builtin_popcountll(leads.four & within) / BITS;
  return wrong == 0;
}

/// Copies `length` bytes and escapes the specials among them: stores the whole block, and after each special
/// what comes behind it once more, at its place. Reads and writes up to STEP bytes behind what it is given.
static inline uint8_t *put_block(
    const uint8_t *in, block_t block, uint64_t specials, size_t length, uint8_t *out) {
  size_t done = 0;
  store_block(out, block);
  while (specials) {
    int bit = __builtin_ctzll(specials);
    size_t position = (size_t)bit / BITS;
    out = put_escaped(out + (position - done), in[position]);
    done = position + 1;
    store_block(out, load_block(in + done));
    specials &= ~(0xfull << bit);
  }
  return out + (length - done);
}

ptrdiff_t ctext_escape_neon(const uint8_t *in, size_t count, uint8_t *out, uint64_t *supplementary) {
  const uint8_t *start = out;
  while (count >= 2 * STEP) {
    block_t block = load_block(in);
    uint64_t high = high_mask(block), specials = special_mask(block);
    size_t length = STEP;
    if (high && !is_well_formed(block, high, &length, supplementary)) return CTEXT_NOT_TEXT;
    if (specials == 0) {
      store_block(out, block);
      out += length;
    } else {
      if (nul_mask(block)) return CTEXT_NOT_TEXT;
      out = put_block(in, block, specials, length, out);
    }
    in += length, count -= length;
  }
  ptrdiff_t rest = ctext_escape_portable(in, count, out, supplementary);
  return rest == CTEXT_NOT_TEXT ? rest : out + rest - start;
}

bool ctext_scan_neon(const uint8_t *in, size_t count, uint64_t *supplementary) {
  while (count >= STEP) {
    block_t block = load_block(in);
    uint64_t high = high_mask(block);
    size_t length = STEP;
    if (nul_mask(block)) return false;
    if (high && !is_well_formed(block, high, &length, supplementary)) return false;
    in += length, count -= length;
  }
  return ctext_scan_portable(in, count, supplementary);
}
#endif

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// 16 bytes a step, for arm64 with NEON.

#include "kernels.h"

#if CTEXT_ARM
#include <arm_neon.h>

#include "odd_leads.h"

#define TARGET
#define STEP 16
#define BITS 4
#define WIDTH 64
#define ESCAPE ctext_escape_neon
#define SCAN ctext_scan_neon

typedef uint8x16_t block_t;

static inline block_t load_block(const uint8_t *in) { return vld1q_u8(in); }

static inline void store_block(uint8_t *out, block_t block) { vst1q_u8(out, block); }

/// NEON has no instruction that takes a bit of each byte. Shifting pairs of bytes (ff or 00) right by 4 and keeping
/// the lower half of each pair leaves 4 bits for each byte.
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
    wrong |= wrong_seconds(seconds, BITS) | kind_mask(kinds, LEAD_NEVER);
  }
  uint64_t cut = cut_character(leads, BITS, WIDTH);
  *length = cut ? (size_t)__builtin_ctzll(cut) / BITS : STEP;
  uint64_t within = cut ? ~(~0ull << (*length * BITS)) : ~0ull;
  *supplementary += (uint64_t)__builtin_popcountll(leads.four & within) / BITS;
  return wrong == 0;
}

#include "stepwise.h"
#endif

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Well-formedness of a block of UTF-8 by arithmetic on masks, a bit (on NEON: a nibble) for each byte, the
// first byte lowest. NEON makes the masks (AVX2 and AVX-512, where they cost more, look bytes up):
//
//     text          e  ´  x  中 ·  ·  é  ·  x
//     lead          .  .  .  1  .  .  1  .  .      c0..ff
//     three         .  .  .  1  .  .  .  .  .      e0..ff, leads of three or four bytes
//     four          .  .  .  .  .  .  .  .  .      f0..ff
//     expected      .  .  .  .  1  1  .  1  .      lead moved up by 1, three by 2, four by 3
//     continuation  .  .  .  .  1  1  .  1  .      80..bf; must be what is expected, no more and no less
//
// A character that goes on behind the block is not decided yet: the next block starts at its lead.
// Leads with more to say (c0, c1, e0, ed, f0, f4, f5..ff) are the kernel's to check.

#ifndef TEXT_SEQUENCES_H
#define TEXT_SEQUENCES_H

#include <stdint.h>

/// Leads that allow only some second bytes, and those that never occur: bits of a kind.
enum odd_lead { LEAD_E0 = 1, LEAD_ED = 2, LEAD_F0 = 4, LEAD_F4 = 8, LEAD_C0_C1 = 16, LEAD_F5_FF = 32 };
#define LEAD_NEVER (LEAD_C0_C1 | LEAD_F5_FF)

typedef struct ctext_leads {
  uint64_t lead, three, four;
} ctext_leads;

/// Where continuation bytes must be. `bits` is the number of mask bits for a byte.
static inline uint64_t expected_continuations(ctext_leads leads, int bits) {
  return leads.lead << bits | leads.three << 2 * bits | leads.four << 3 * bits;
}

#endif

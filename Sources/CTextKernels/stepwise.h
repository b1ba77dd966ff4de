// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// The loops of the kernels without a byte permute over the whole register. Included by a kernel that has defined
//
//     TARGET                  the attribute of its functions
//     STEP, BITS, WIDTH       bytes in a block, mask bits for a byte, mask bits for a block
//     block_t                 a block of bytes, with load_block(in) and store_block(out, block)
//     high_mask, special_mask, nul_mask (block)     bytes from 80 on, bytes that JSON escapes, zeros
//     is_well_formed(block, high, &length, &supplementary)     see avx512_block.h
//     ESCAPE, SCAN            the names of the functions to define
//
// What is left behind the last whole step is the portable kernel's.

#include "escape.h"

/// Copies `length` bytes and escapes the specials among them: stores the whole block, and after each special what
/// comes behind it once more, at its place. Reads and writes up to STEP bytes behind what it is given.
TARGET static inline uint8_t *put_block(
    const uint8_t *in, block_t block, uint64_t specials, size_t length, uint8_t *out) {
  const uint64_t ends = ~0ull >> (64 - BITS);
  size_t done = 0;
  store_block(out, block);
  while (specials) {
    int bit = __builtin_ctzll(specials);
    size_t position = (size_t)bit / BITS;
    out = put_escaped(out + (position - done), in[position]);
    done = position + 1;
    store_block(out, load_block(in + done));
    specials &= ~(ends << bit);
  }
  return out + (length - done);
}

TARGET ptrdiff_t ESCAPE(const uint8_t *in, size_t count, uint8_t *out, uint64_t *supplementary) {
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

TARGET bool SCAN(const uint8_t *in, size_t count, uint64_t *supplementary) {
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

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Parts of the input become blocks, and those a stream.

#include <stdlib.h>

#include "deflate_bits.h"

cdeflate_encoder *cdeflate_create(void) { return calloc(1, sizeof(cdeflate_encoder)); }

void cdeflate_destroy(cdeflate_encoder *encoder) { free(encoder); }

// A block is never longer than as stored ones of 65,535 bytes, which have 5 bytes more each, and up to 1 for bits
// before them. All but the last one hold at least a part: 4,096 bytes, or 255 matches of 3.
size_t cdeflate_bound(size_t count) { return count + count / 64 + 64; }

SMALL static void join(frequencies *block, const frequencies *part) {
  for (unsigned i = 0; i < FIXED_LITERAL_SYMBOLS; i++) block->literals[i] += part->literals[i];
  for (unsigned i = 0; i < DISTANCE_SYMBOLS; i++) block->distances[i] += part->distances[i];
  block->literals[END_OF_BLOCK] = 1;
}

/// Writes the blocks of what lies between `at` and `end`; false where there is no room for one.
static bool write_blocks(
    cdeflate_encoder *encoder, const uint8_t *in, const uint8_t *at, const uint8_t *end, bool is_last,
    bit_writer *out) {
  const uint8_t *block = at;
  sequence *const first = encoder->sequences, *next = first;
  memset(&encoder->block, 0, sizeof encoder->block);
  while (at < end) {
    const uint8_t *part = at;
    sequence *part_first = next;
    at = cdeflate_take_part(encoder, in, at, end, &next);
    bool is_full = next - first > BLOCK_SEQUENCES;
    if (part > block && (is_full || cdeflate_differs(&encoder->block, &encoder->part))) {
      if (!cdeflate_write_block(
              &encoder->block, first, (size_t)(part_first - first), block, (size_t)(part - block), false, out)) {
        return false;
      }
      // What is left begins the next block.
      size_t count = (size_t)(next - part_first);
      memmove(first, part_first, count * sizeof *first);
      next = first + count;
      block = part;
      encoder->block = encoder->part;
    } else {
      join(&encoder->block, &encoder->part);
    }
  }
  if (block == end) return true;
  return cdeflate_write_block(
      &encoder->block, first, (size_t)(next - first), block, (size_t)(end - block), is_last, out);
}

size_t cdeflate_encode(
    cdeflate_encoder *encoder, const uint8_t *in, size_t history, size_t count, bool is_last, uint8_t *out,
    size_t capacity) {
  if (history > CDEFLATE_MAXIMUM || count > CDEFLATE_MAXIMUM - history || capacity < cdeflate_bound(count)) return 0;
  if (history > CDEFLATE_WINDOW) in += history - CDEFLATE_WINDOW, history = CDEFLATE_WINDOW;
  size_t total = history + count;
  cdeflate_begin(encoder, total);
  cdeflate_add_history(encoder, in, history, total);
  bit_writer writer = {out, out + capacity, 0, 0};
  if (count > 0 && !write_blocks(encoder, in, in + history, in + total, is_last, &writer)) return 0;
  if (!is_last || count == 0) {
    if (!cdeflate_write_stored(NULL, 0, is_last, &writer)) return 0;
  } else if (writer.count > 0) {
    if (writer.next == writer.end) return 0;
    *writer.next++ = (uint8_t)writer.bits;
  }
  return (size_t)(writer.next - out);
}

size_t cdeflate_store(const uint8_t *in, size_t count, bool is_last, uint8_t *out, size_t capacity) {
  bit_writer writer = {out, out + capacity, 0, 0};
  return cdeflate_write_stored(in, count, is_last, &writer) ? (size_t)(writer.next - out) : 0;
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Takes the input apart: at each place the longest match, unless a better one begins a byte later.

#include "deflate_search.h"

enum {
  /// How many places a search looks at; behind a match already, half of them, and a quarter behind a long one.
  TRIES = 24,
  LONG = 8,
  /// A match as long as this ends a search.
  ENOUGH = 128,
  /// Behind one as long as this no better one is searched for.
  VERY_LONG = 32,
  /// Where fewer than one in so many searches find a better match, they are made only behind matches of three
  /// bytes, for so many parts.
  RARE = 32,
  RARE_PARTS = 15,
};

void cdeflate_begin(cdeflate_encoder *encoder, size_t count) {
  // A short input need not wait for large tables to be cleared.
  unsigned bits = 9;
  while (bits < HASH_BITS && count >> (bits - 1) != 0) bits++;
  encoder->hash_bits = bits;
  encoder->hash3_bits = bits < HASH3_BITS ? bits : HASH3_BITS;
  memset(encoder->latest, 0, sizeof encoder->latest[0] << encoder->hash_bits);
  memset(encoder->latest3, 0, sizeof encoder->latest3[0] << encoder->hash3_bits);
  encoder->lazy_limit = VERY_LONG;
  encoder->lazy_parts = 0;
}

void cdeflate_add_history(cdeflate_encoder *encoder, const uint8_t *in, size_t count, size_t total) {
  for (size_t i = 0; i < count && i + 4 <= total; i++) add(encoder, in + i, (uint32_t)i);
}

static unsigned longest_match(const uint8_t *at, const uint8_t *end) {
  return end - at < MAXIMUM_MATCH ? (unsigned)(end - at) : MAXIMUM_MATCH;
}

/// Whether the match a byte later is worth a literal before it: by so many more bytes, or less bits. Where matches
/// are long, a literal takes as many bits as many of their bytes.
static bool is_better(match later, match now) {
  return 4 * ((int)later.length - (int)now.length) + (int)highest_bit(now.distance) - (int)highest_bit(later.distance)
      > 2 + (int)now.length / 8;
}

/// Chooses how the next part is searched, by how often a better match was found a byte later.
static void adapt(cdeflate_encoder *encoder, unsigned searches, unsigned better) {
  if (encoder->lazy_parts > 0) {
    if (--encoder->lazy_parts == 0) encoder->lazy_limit = VERY_LONG;
  } else if (better * RARE < searches) {
    encoder->lazy_limit = MINIMUM_MATCH + 1;
    encoder->lazy_parts = RARE_PARTS;
  }
}

const uint8_t *cdeflate_take_part(
    cdeflate_encoder *encoder, const uint8_t *in, const uint8_t *at, const uint8_t *end, sequence **next) {
  const uint8_t *limit = end - at < PART_BYTES ? end : at + PART_BYTES;
  // From here on there are fewer than four bytes.
  const uint8_t *searched = end - in < 4 ? in : end - 3;
  const uint8_t *run = at;
  // Room for a last one, of literals alone.
  sequence *last = *next + PART_SEQUENCES - 1;
  frequencies *seen = &encoder->part;
  unsigned searches = 0, better = 0;
  memset(seen, 0, sizeof *seen);
  seen->literals[END_OF_BLOCK] = 1;
  while (at < limit && *next < last) {
    match now = {0, 0};
    if (at < searched) now = search(encoder, in, at, 0, longest_match(at, end), ENOUGH, TRIES);
    if (now.length == 0) {
      seen->literals[*at++]++;
      continue;
    }
    const uint8_t *added = at + 1;
    while (now.length < encoder->lazy_limit && at + 1 < searched) {
      unsigned tries = now.length < LONG ? TRIES / 2 : TRIES / 4;
      match later = search(encoder, in, at + 1, now.length - 1, longest_match(at + 1, end), ENOUGH, tries);
      added = at + 2;
      searches++;
      if (later.length == 0 || !is_better(later, now)) break;
      better++;
      seen->literals[*at++]++;
      now = later;
    }
    seen->literals[length_symbol(now.length - MINIMUM_MATCH)]++;
    seen->distances[distance_symbol(now.distance - 1)]++;
    *(*next)++ = (sequence){(uint32_t)(at - run), (uint16_t)now.length, (uint16_t)(now.distance - 1)};
    at += now.length;
    run = at;
    const uint8_t *stop = at < searched ? at : searched;
    for (; added < stop; added++) add(encoder, added, (uint32_t)(added - in));
  }
  if (at > run) *(*next)++ = (sequence){(uint32_t)(at - run), 0, 0};
  adapt(encoder, searches, better);
  return at;
}

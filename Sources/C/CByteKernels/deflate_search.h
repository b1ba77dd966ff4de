// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Finds what the bytes at a place repeat of the window before it. Places with the same hash of four bytes are a chain,
// latest first; of three bytes only the latest place is known.

#ifndef DEFLATE_SEARCH_H
#define DEFLATE_SEARCH_H

#include "deflate_internal.h"

/// How far away a match of three bytes may be: from afar, three literals are shorter.
#define FARTHEST_OF_THREE 4096

typedef struct match {
  /// 0 where there is none.
  unsigned length;
  unsigned distance;
} match;

/// Adds a place to its chain, which has at least four bytes. Returns how far away the one before it is, if that is
/// in the window.
static inline uint32_t add(cdeflate_encoder *encoder, const uint8_t *at, uint32_t place) {
  uint16_t *latest = &encoder->latest[load32(at) * 0x9e3779b1u >> (32 - encoder->hash_bits)];
  uint16_t distance = (uint16_t)(place - *latest);
  *latest = (uint16_t)place;
  encoder->previous[place % CDEFLATE_WINDOW] = distance;
  return distance;
}

/// Makes a place the latest one of its three bytes. Returns how far away the one before it is; 0 where there is none.
static inline uint32_t add3(cdeflate_encoder *encoder, uint32_t bytes, uint32_t place) {
  // Another number for each three bytes.
  uint32_t number = (bytes * 0x9e3779b1u << 8) >> 8, rest = number << 16;
  uint32_t *latest = &encoder->latest3[number >> (24 - encoder->hash3_bits)];
  uint32_t distance = ((*latest ^ rest) >> 16) == 0 ? (uint16_t)(place - *latest) : 0;
  *latest = rest | (place & 0xffff);
  return distance;
}

/// How many bytes are the same, of `longest`, where the first four are known to be.
static inline unsigned common_length(const uint8_t *a, const uint8_t *b, unsigned longest) {
  unsigned length = 4;
  if (longest >= 20) {
    // The most are shorter than this: without a branch between the two.
    uint64_t first = load64(a + 4) ^ load64(b + 4), second = load64(a + 12) ^ load64(b + 12);
    length = first != 0 ? 4 : 12;
    first = first != 0 ? first : second;
    if (first != 0) return length + (unsigned)(__builtin_ctzll(first) >> 3);
    length = 20;
  }
  for (; length + 8 <= longest; length += 8) {
    uint64_t difference = load64(a + length) ^ load64(b + length);
    if (difference != 0) return length + (unsigned)(__builtin_ctzll(difference) >> 3);
  }
  while (length < longest && a[length] == b[length]) length++;
  return length;
}

/// Adds a place, and returns the longest match there, among the latest `tries`, that is longer than `least`.
/// `longest`, at least 4, is how long it may be, and `enough` ends the search.
///
/// Inlined for each of its callers, which takes a part in thirty less time.
static inline __attribute__((always_inline)) match search(
    cdeflate_encoder *encoder, const uint8_t *in, const uint8_t *at, unsigned least, unsigned longest,
    unsigned enough, unsigned tries) {
  uint32_t place = (uint32_t)(at - in), bytes = load32(at);
  uint32_t reach = place < CDEFLATE_WINDOW ? place : CDEFLATE_WINDOW;
  uint32_t distance3 = add3(encoder, bytes, place);
  uint32_t distance = add(encoder, at, place);
  match best = {0, 0};
  if (least >= longest) return best;
  unsigned length = least;
  // Chains only lead farther away. From outside of the window, where 0 becomes the largest number, none comes back.
  while (distance - 1 < reach) {
    const uint8_t *other = at - distance;
    if ((length < 4 || load32(other + length - 3) == load32(at + length - 3)) && load32(other) == bytes) {
      unsigned common = common_length(other, at, longest);
      if (common > length) {
        best = (match){length = common, distance};
        if (length >= enough || length == longest) break;
      }
    }
    uint32_t step = encoder->previous[(place - distance) % CDEFLATE_WINDOW];
    if (step == 0 || --tries == 0) break;
    distance += step;
  }
  if (length < MINIMUM_MATCH && distance3 - 1 < (reach < FARTHEST_OF_THREE ? reach : FARTHEST_OF_THREE)
      && ((load32(at - distance3) ^ bytes) << 8) == 0) {
    best = (match){MINIMUM_MATCH, distance3};
  }
  return best;
}

#endif

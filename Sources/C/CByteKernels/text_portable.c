// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Eight bytes at a time while they are plain ASCII, else one.

#include "text_internal.h"

#include "text_escape.h"
#include "text_utf8.h"

static const uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;

/// Not zero when one of the eight bytes is not ASCII or is less than `limit` (at most 0x80). A borrow out of
/// a byte that is less can only mark its neighbour as well.
static inline uint64_t high_or_less(uint64_t word, uint8_t limit) { return ((word - ones * limit) | word) & tops; }

static inline uint64_t has_byte(uint64_t word, uint8_t byte) { return high_or_less(word ^ ones * byte, 1) & ~word; }

static inline uint64_t load8(const uint8_t *in) {
  uint64_t word;
  memcpy(&word, in, 8);
  return word;
}

ptrdiff_t ctext_escape_portable(const uint8_t *in, size_t count, uint8_t *out, uint64_t *supplementary) {
  const uint8_t *start = out, *end = in + count;
  uint8_t place = BETWEEN_CHARACTERS;
  while (in < end) {
    if (place == BETWEEN_CHARACTERS && end - in >= 8) {
      uint64_t word = load8(in);
      if (!(high_or_less(word, 0x20) | has_byte(word, '"') | has_byte(word, '\\'))) {
        memcpy(out, in, 8);
        in += 8, out += 8;
        continue;
      }
    }
    uint8_t byte = *in++;
    place = utf8_step(place, byte);
    if (place == NOT_UTF8 || byte == 0) return CTEXT_NOT_TEXT;
    *supplementary += byte >= 0xf0;
    out = put_escaped(out, byte);
  }
  return out - start;
}

bool ctext_scan_portable(const uint8_t *in, size_t count, uint64_t *supplementary) {
  const uint8_t *end = in + count;
  uint8_t place = BETWEEN_CHARACTERS;
  while (in < end) {
    if (place == BETWEEN_CHARACTERS && end - in >= 8 && !high_or_less(load8(in), 1)) {
      in += 8;
      continue;
    }
    uint8_t byte = *in++;
    place = utf8_step(place, byte);
    if (place == NOT_UTF8 || byte == 0) return false;
    *supplementary += byte >= 0xf0;
  }
  return true;
}

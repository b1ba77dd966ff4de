// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// UTF-8 one byte at a time, as the table of well-formed sequences in the Unicode standard has it (3-7):
//
//     00..7f                           c2..df 80..bf
//     e0     a0..bf 80..bf             e1..ec 80..bf 80..bf
//     ed     80..9f 80..bf             ee..ef 80..bf 80..bf
//     f0     90..bf 80..bf 80..bf      f1..f3 80..bf 80..bf 80..bf      f4 80..8f 80..bf 80..bf

#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include "text_kernels.h"

enum utf8_place {
  BETWEEN_CHARACTERS = CTEXT_BETWEEN_CHARACTERS,
  ONE_LEFT,
  TWO_LEFT,
  THREE_LEFT,
  AFTER_E0,
  AFTER_ED,
  AFTER_F0,
  AFTER_F4,
  NOT_UTF8 = CTEXT_BROKEN,
};

static inline uint8_t utf8_after_lead(uint8_t byte) {
  if (byte < 0x80) return BETWEEN_CHARACTERS;
  if (byte < 0xc2) return NOT_UTF8;
  if (byte < 0xe0) return ONE_LEFT;
  if (byte == 0xe0) return AFTER_E0;
  if (byte == 0xed) return AFTER_ED;
  if (byte < 0xf0) return TWO_LEFT;
  if (byte == 0xf0) return AFTER_F0;
  if (byte < 0xf4) return THREE_LEFT;
  return byte == 0xf4 ? AFTER_F4 : NOT_UTF8;
}

/// The place behind `byte`, when it comes at `place`.
static inline uint8_t utf8_step(uint8_t place, uint8_t byte) {
  static const uint8_t lowest[] = {0, 0x80, 0x80, 0x80, 0xa0, 0x80, 0x90, 0x80};
  static const uint8_t highest[] = {0, 0xbf, 0xbf, 0xbf, 0xbf, 0x9f, 0xbf, 0x8f};
  static const uint8_t next[] = {0, BETWEEN_CHARACTERS, ONE_LEFT, TWO_LEFT, ONE_LEFT, ONE_LEFT, TWO_LEFT, TWO_LEFT};
  if (place == BETWEEN_CHARACTERS) return utf8_after_lead(byte);
  return byte >= lowest[place] && byte <= highest[place] ? next[place] : NOT_UTF8;
}

/// The place behind valid bytes that began between two characters: only the last three can matter.
static inline uint8_t utf8_place_after(const uint8_t *bytes, size_t count) {
  for (size_t back = 1; back <= 3 && back <= count; back++) {
    uint8_t place = utf8_after_lead(bytes[count - back]);
    if (place == NOT_UTF8) continue;  // a continuation byte, as the text is valid
    for (size_t i = count - back + 1; i < count; i++) place = utf8_step(place, bytes[i]);
    return place;
  }
  return BETWEEN_CHARACTERS;
}

#endif

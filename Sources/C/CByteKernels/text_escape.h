// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// One byte as it stands in a JSON string.

#ifndef TEXT_ESCAPE_H
#define TEXT_ESCAPE_H

#include <stdint.h>
#include <string.h>

/// The letter behind the backslash, 0 for a control character without a letter, and LITERAL for all that
/// needs none.
enum { LITERAL = 1 };

static inline uint8_t escape_letter(uint8_t byte) {
  switch (byte) {
  case '\b': return 'b';
  case '\t': return 't';
  case '\n': return 'n';
  case '\f': return 'f';
  case '\r': return 'r';
  case '"': return '"';
  case '\\': return '\\';
  default: return byte < 0x20 ? 0 : LITERAL;
  }
}

/// Writes 1, 2 or 6 bytes and returns where they end.
static inline uint8_t *put_escaped(uint8_t *out, uint8_t byte) {
  uint8_t letter = escape_letter(byte);
  if (letter == LITERAL) {
    *out++ = byte;
  } else if (letter != 0) {
    *out++ = '\\';
    *out++ = letter;
  } else {
    memcpy(out, "\\u00", 4);
    out[4] = (uint8_t)('0' + (byte >> 4));
    out[5] = (uint8_t)"0123456789abcdef"[byte & 15];
    out += 6;
  }
  return out;
}

#endif

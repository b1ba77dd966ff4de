// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Bits on their way to the output, the first one lowest (RFC 1951 §3.1.1).

#ifndef DEFLATE_BITS_H
#define DEFLATE_BITS_H

#include "deflate_internal.h"

struct bit_writer {
  uint8_t *next;
  uint8_t *end;
  uint64_t bits;
  unsigned count;
};

/// Adds `count` bits. With those that wait, up to seven behind a flush, they must be fewer than 64.
static inline void put(bit_writer *out, uint64_t bits, unsigned count) {
  out->bits |= bits << out->count;
  out->count += count;
}

/// Writes all whole bytes, at most seven; where there is room for eight, those are stored.
static inline void flush(bit_writer *out) {
  if (out->end - out->next >= 8) {
    uint64_t bits = out->bits;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bits = __builtin_bswap64(bits);
#endif
    memcpy(out->next, &bits, 8);
    out->next += out->count >> 3;
    out->bits >>= out->count & ~7u;
    out->count &= 7;
  } else {
    for (; out->count >= 8; out->count -= 8, out->bits >>= 8) {
      if (out->next < out->end) *out->next++ = (uint8_t)out->bits;
    }
  }
}

/// Whether there is room for `bits` more.
static inline bool has_room(const bit_writer *out, uint64_t bits) {
  return (out->count + bits + 7) / 8 <= (uint64_t)(out->end - out->next);
}

#endif

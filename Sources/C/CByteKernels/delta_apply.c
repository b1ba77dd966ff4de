// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Most copies are of a line or less: those are two stores of a fixed length, whose rest the next command
// overwrites.

#include "include/delta_kernels.h"

#include <string.h>

/// Copies `count` bytes; where they are few and `available` bytes can be read, CDELTA_SLACK of them.
static inline void copy(uint8_t *out, const uint8_t *in, size_t count, size_t available) {
  if (count <= CDELTA_SLACK && available >= CDELTA_SLACK) {
    memcpy(out, in, CDELTA_SLACK);
  } else {
    memcpy(out, in, count);
  }
}

bool cdelta_apply(
    const uint8_t *commands, size_t command_count, const uint8_t *base, size_t base_count, uint8_t *out, size_t count) {
  const uint8_t *next = commands, *end = commands + command_count;
  size_t left = count;
  while (next < end) {
    uint8_t command = *next++;
    if (command & 0x80) {
      // A byte for each bit of the command: four of the offset, three of the length.
      if ((size_t)(end - next) < (size_t)__builtin_popcount(command & 0x7f)) return false;
      size_t start = 0, length = 0;
      if (command & 0x01) start = *next++;
      if (command & 0x02) start |= (size_t)*next++ << 8;
      if (command & 0x04) start |= (size_t)*next++ << 16;
      if (command & 0x08) start |= (size_t)*next++ << 24;
      if (command & 0x10) length = *next++;
      if (command & 0x20) length |= (size_t)*next++ << 8;
      if (command & 0x40) length |= (size_t)*next++ << 16;
      if (length == 0) length = 0x10000;
      if (start > base_count || length > base_count - start || length > left) return false;
      copy(out, base + start, length, base_count - start);
      out += length, left -= length;
    } else {
      if (command == 0 || command > end - next || command > left) return false;
      copy(out, next, command, (size_t)(end - next));
      next += command, out += command, left -= command;
    }
  }
  return left == 0;
}

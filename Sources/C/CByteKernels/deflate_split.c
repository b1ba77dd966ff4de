// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Where a block ends. Symbols are counted a part at a time; where a part is so unlike the block before it that
// codes of its own save more than their header takes, it begins another.

#include "deflate_internal.h"

/// n log2 n, in 256ths: the logarithm as by a parabola between powers of two.
SMALL static uint64_t n_log_n(uint32_t n) {
  if (n < 2) return 0;
  unsigned top = highest_bit(n);
  uint64_t part = ((uint64_t)n << 16 >> top) & 65535;
  uint64_t log = (top << 16) + part + (part * (65536 - part) >> 16) * 22527 / 65536;
  return n * log >> 8;
}

enum {
  GROUPS = 24,
  /// From here on they are of distances.
  DISTANCE_GROUP = 16,
  /// What another block must save.
  HEADER_BITS = 500,
};

/// Neighbouring symbols together: that takes less time, and what differs by chance is less.
SMALL static void group(const frequencies *seen, uint32_t *groups) {
  for (unsigned i = 0; i < 256; i++) groups[i >> 5] += seen->literals[i];
  for (unsigned i = FIRST_LENGTH; i < LITERAL_SYMBOLS; i++) groups[8 + ((i - FIRST_LENGTH) >> 2)] += seen->literals[i];
  for (unsigned i = 0; i < DISTANCE_SYMBOLS; i++) groups[DISTANCE_GROUP + (i >> 2)] += seen->distances[i];
}

/// How many bits the groups take, in 256ths.
SMALL static uint64_t entropy(const uint32_t *groups, unsigned count) {
  uint32_t total = 0;
  uint64_t bits = 0;
  for (unsigned i = 0; i < count; i++) total += groups[i], bits += n_log_n(groups[i]);
  return n_log_n(total) - bits;
}

SMALL bool cdeflate_differs(const frequencies *block, const frequencies *part) {
  uint32_t a[GROUPS] = {0}, b[GROUPS] = {0}, both[GROUPS];
  group(block, a);
  group(part, b);
  for (unsigned i = 0; i < GROUPS; i++) both[i] = a[i] + b[i];
  uint64_t apart = 0, together = 0;
  for (unsigned i = 0; i < GROUPS; i += DISTANCE_GROUP) {
    unsigned count = i == 0 ? DISTANCE_GROUP : GROUPS - DISTANCE_GROUP;
    apart += entropy(a + i, count) + entropy(b + i, count);
    together += entropy(both + i, count);
  }
  return together > apart + HEADER_BITS * 256;
}

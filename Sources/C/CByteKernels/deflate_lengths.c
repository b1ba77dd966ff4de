// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Huffman codes. Their lengths are found in place (Moffat and Katajainen, "In-place calculation of
// minimum-redundancy codes"); where one is too long, short codes are made longer until the code is complete again.

#include "deflate_internal.h"

/// How the frequencies and the symbols are kept while they are sorted.
enum { SYMBOL_BITS = 9 };

/// Writes the symbols that occur to `sorted`, rarest first, as frequency and symbol, and returns how many they
/// are: at least two.
SMALL static unsigned sort(const uint32_t *frequencies, unsigned count, uint64_t *sorted) {
  uint64_t buffer[FIXED_LITERAL_SYMBOLS];
  uint64_t *from = buffer, *to = sorted;
  unsigned used = 0;
  uint32_t highest = 1;
  for (unsigned symbol = 0; symbol < count; symbol++) {
    uint32_t frequency = frequencies[symbol];
    if (frequency == 0) continue;
    from[used++] = (uint64_t)frequency << SYMBOL_BITS | symbol;
    if (frequency > highest) highest = frequency;
  }
  // A decoder may insist on a complete code, and one symbol makes none.
  for (unsigned symbol = 0; used < 2; symbol++) {
    if (frequencies[symbol] == 0) from[used++] = (uint64_t)1 << SYMBOL_BITS | symbol;
  }
  bool is_in_place = false;
  for (unsigned shift = SYMBOL_BITS; (uint64_t)highest << SYMBOL_BITS >> shift != 0; shift += 8) {
    uint16_t starts[256] = {0};
    for (unsigned i = 0; i < used; i++) starts[from[i] >> shift & 255]++;
    unsigned start = 0;
    for (unsigned value = 0; value < 256; value++) {
      unsigned next = start + starts[value];
      starts[value] = (uint16_t)start;
      start = next;
    }
    for (unsigned i = 0; i < used; i++) to[starts[from[i] >> shift & 255]++] = from[i];
    uint64_t *other = from;
    from = to, to = other, is_in_place = !is_in_place;
  }
  if (!is_in_place) memcpy(sorted, buffer, used * sizeof *sorted);
  return used;
}

/// Replaces the `count` weights, in rising order, by how many codes there are of each length.
SMALL static void count_lengths(uint32_t *nodes, unsigned count, unsigned limit, unsigned *counts) {
  // Two nodes at a time become one: a leaf or a parent, which come in rising order, too. `nodes` holds the
  // weights of parents that wait, then their own parents, and the leaves behind.
  unsigned leaf = 0, parent = 0;
  for (unsigned next = 0; next < count - 1; next++) {
    uint32_t weight = 0;
    for (int child = 0; child < 2; child++) {
      if (leaf >= count || (parent < next && nodes[parent] < nodes[leaf])) {
        weight += nodes[parent];
        nodes[parent++] = next;
      } else {
        weight += nodes[leaf++];
      }
    }
    nodes[next] = weight;
  }
  // From the root downwards: the depth of each parent, and how many leaves each depth has room for.
  unsigned root = count - 2;
  nodes[root] = 0;
  for (unsigned node = root; node-- > 0;) nodes[node] = nodes[nodes[node]] + 1;
  unsigned node = count - 1, room = 1;
  for (unsigned depth = 0; room > 0; depth++) {
    unsigned parents = 0;
    while (node > 0 && nodes[node - 1] == depth) node--, parents++;
    counts[depth < limit ? depth : limit] += room - parents;
    room = 2 * parents;
  }
}

/// Makes the code complete again whose longest codes were cut to `limit`.
SMALL static void make_complete(unsigned *counts, unsigned limit) {
  // In units of the longest code. Of two codes one bit longer than one that there was, one is of those cut.
  uint32_t sum = 0;
  for (unsigned length = 1; length <= limit; length++) sum += counts[length] << (limit - length);
  for (; sum > (uint32_t)1 << limit; sum--) {
    unsigned length = limit - 1;
    while (counts[length] == 0) length--;
    counts[length]--, counts[length + 1] += 2, counts[limit]--;
  }
}

SMALL void cdeflate_make_code(const uint32_t *frequencies, unsigned count, unsigned limit, code *codes) {
  uint64_t sorted[FIXED_LITERAL_SYMBOLS];
  uint32_t nodes[FIXED_LITERAL_SYMBOLS];
  unsigned counts[MAXIMUM_CODE + 1] = {0};
  unsigned used = sort(frequencies, count, sorted);
  for (unsigned i = 0; i < used; i++) nodes[i] = (uint32_t)(sorted[i] >> SYMBOL_BITS);
  count_lengths(nodes, used, limit, counts);
  make_complete(counts, limit);
  memset(codes, 0, count * sizeof *codes);
  const uint64_t *next = sorted;
  for (unsigned length = limit; length > 0; length--) {
    for (unsigned i = 0; i < counts[length]; i++) {
      codes[*next++ & ((1 << SYMBOL_BITS) - 1)].count = (uint16_t)length;
    }
  }
}

/// The lowest 16 bits, in reverse.
SMALL static uint16_t reversed(uint32_t bits) {
  bits = (bits & 0x5555) << 1 | (bits >> 1 & 0x5555);
  bits = (bits & 0x3333) << 2 | (bits >> 2 & 0x3333);
  bits = (bits & 0x0f0f) << 4 | (bits >> 4 & 0x0f0f);
  return (uint16_t)(bits << 8 | bits >> 8);
}

SMALL void cdeflate_assign_bits(code *codes, unsigned count) {
  uint32_t next[MAXIMUM_CODE + 2] = {0};
  for (unsigned symbol = 0; symbol < count; symbol++) next[codes[symbol].count + 1]++;
  next[1] = 0;
  for (unsigned length = 2; length <= MAXIMUM_CODE; length++) next[length] = (next[length] + next[length - 1]) << 1;
  for (unsigned symbol = 0; symbol < count; symbol++) {
    unsigned length = codes[symbol].count;
    if (length > 0) codes[symbol].bits = (uint16_t)(reversed(next[length]++) >> (16 - length));
  }
}

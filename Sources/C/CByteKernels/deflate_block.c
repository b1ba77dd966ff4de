// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Writes a block in the shortest of the three forms (RFC 1951 §3.2.3): what each takes is known to the bit before
// the first one is written, and that it fits.

#include "deflate_bits.h"

/// How many bits `count` bytes take as stored blocks, one at least, each up to a byte's end.
SMALL static uint64_t stored_bits(const bit_writer *out, size_t count) {
  uint64_t blocks = count == 0 ? 1 : (count + 65534) / 65535;
  return 8 * (count + 4 * blocks) + (8 - ((out->count + 3) & 7)) % 8 + 3 + (blocks - 1) * 8;
}

SMALL bool cdeflate_write_stored(const uint8_t *in, size_t count, bool is_last, bit_writer *out) {
  if (!has_room(out, stored_bits(out, count))) return false;
  do {
    size_t part = count < 65535 ? count : 65535;
    put(out, is_last && part == count, 3);
    out->count = (out->count + 7) & ~7u;
    flush(out);
    put(out, (uint64_t)part | (uint64_t)(~part & 65535) << 16, 32);
    flush(out);
    if (part > 0) memcpy(out->next, in, part);
    out->next += part, in += part, count -= part;
  } while (count > 0);
  return true;
}

/// How many bits the symbols take.
SMALL static uint64_t coded_bits(const frequencies *seen, const code *literals, const code *distances) {
  uint64_t bits = 0;
  for (unsigned i = 0; i < LITERAL_SYMBOLS; i++) bits += (uint64_t)seen->literals[i] * literals[i].count;
  for (unsigned i = 0; i < DISTANCE_SYMBOLS; i++) bits += (uint64_t)seen->distances[i] * distances[i].count;
  return bits;
}

/// How many bits follow the symbols.
SMALL static uint64_t extra_bits(const frequencies *seen) {
  uint64_t bits = 0;
  for (unsigned i = 8; i < 28; i++) bits += (uint64_t)seen->literals[FIRST_LENGTH + i] * (i / 4 - 1);
  for (unsigned i = 4; i < DISTANCE_SYMBOLS; i++) bits += (uint64_t)seen->distances[i] * (i / 2 - 1);
  return bits;
}

/// The length of a symbol's fixed code (RFC 1951 §3.2.6); that of a distance's is 5.
static unsigned fixed_length(unsigned symbol) { return symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8; }

SMALL static uint64_t fixed_bits(const frequencies *seen) {
  uint64_t bits = 0;
  for (unsigned i = 0; i < LITERAL_SYMBOLS; i++) bits += (uint64_t)seen->literals[i] * fixed_length(i);
  for (unsigned i = 0; i < DISTANCE_SYMBOLS; i++) bits += (uint64_t)seen->distances[i] * 5;
  return bits;
}

SMALL static void make_fixed(code *literals, code *distances) {
  for (unsigned i = 0; i < FIXED_LITERAL_SYMBOLS; i++) literals[i].count = (uint16_t)fixed_length(i);
  for (unsigned i = 0; i < DISTANCE_SYMBOLS; i++) distances[i].count = 5;
  cdeflate_assign_bits(literals, FIXED_LITERAL_SYMBOLS);
  cdeflate_assign_bits(distances, DISTANCE_SYMBOLS);
}

static void write_sequences(
    const sequence *sequences, size_t count, const uint8_t *in, const code *literals, const code *distances,
    bit_writer *shared) {
  bit_writer out = *shared;
  for (size_t i = 0; i < count; i++) {
    sequence next = sequences[i];
    // Seven bits may be left, and a flush leaves no more: three of 15 fit.
    for (; next.literals >= 3; next.literals -= 3, in += 3) {
      for (int j = 0; j < 3; j++) put(&out, literals[in[j]].bits, literals[in[j]].count);
      flush(&out);
    }
    for (; next.literals > 0; next.literals--, in++) put(&out, literals[*in].bits, literals[*in].count);
    flush(&out);
    if (next.length == 0) continue;
    in += next.length;
    // Up to 15 and 5 bits, then 15 and 13.
    unsigned length = next.length - MINIMUM_MATCH, extra = length_extra(length);
    code symbol = literals[length_symbol(length)];
    put(&out, symbol.bits | (uint64_t)(length & ((1u << extra) - 1)) << symbol.count, symbol.count + extra);
    extra = distance_extra(next.distance);
    symbol = distances[distance_symbol(next.distance)];
    put(&out, symbol.bits | (uint64_t)(next.distance & ((1u << extra) - 1)) << symbol.count, symbol.count + extra);
    flush(&out);
  }
  put(&out, literals[END_OF_BLOCK].bits, literals[END_OF_BLOCK].count);
  flush(&out);
  *shared = out;
}

SMALL bool cdeflate_write_block(
    const frequencies *seen, const sequence *sequences, size_t sequence_count, const uint8_t *in, size_t count,
    bool is_last, bit_writer *out) {
  code literals[FIXED_LITERAL_SYMBOLS], distances[DISTANCE_SYMBOLS];
  block_header header;
  cdeflate_make_code(seen->literals, LITERAL_SYMBOLS, MAXIMUM_CODE, literals);
  cdeflate_make_code(seen->distances, DISTANCE_SYMBOLS, MAXIMUM_CODE, distances);
  uint64_t dynamic = cdeflate_make_header(&header, literals, distances) + coded_bits(seen, literals, distances);
  dynamic += 3 + extra_bits(seen);
  uint64_t fixed = 3 + fixed_bits(seen) + extra_bits(seen);
  uint64_t stored = stored_bits(out, count);
  if (stored <= fixed && stored <= dynamic) return cdeflate_write_stored(in, count, is_last, out);
  if (fixed <= dynamic) {
    if (!has_room(out, fixed)) return false;
    put(out, (is_last ? 1 : 0) | 1 << 1, 3);
    make_fixed(literals, distances);
    write_sequences(sequences, sequence_count, in, literals, distances, out);
  } else {
    if (!has_room(out, dynamic)) return false;
    put(out, (is_last ? 1 : 0) | 2 << 1, 3);
    cdeflate_assign_bits(literals, LITERAL_SYMBOLS);
    cdeflate_assign_bits(distances, DISTANCE_SYMBOLS);
    cdeflate_write_header(&header, out);
    write_sequences(sequences, sequence_count, in, literals, distances, out);
  }
  return true;
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Writes a block in the shortest of the three forms (RFC 1951 §3.2.3): what each takes is known to the bit before
// the first one is written, and that it fits.

#include "deflate_internal.h"

/// The lengths of the codes of a block, as its header tells them (RFC 1951 §3.2.7).
typedef struct header {
  unsigned literal_symbols;
  unsigned distance_symbols;
  unsigned item_count;
  unsigned code_length_symbols;
  code codes[CODE_LENGTH_SYMBOLS];
  /// Each a symbol, and in the bits from the fifth on what follows it.
  uint16_t items[LITERAL_SYMBOLS + DISTANCE_SYMBOLS];
} header;

static const uint8_t code_length_order[CODE_LENGTH_SYMBOLS] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                               11, 4,  12, 3, 13, 2, 14, 1, 15};
enum { COPY_PREVIOUS = 16, REPEAT_ZERO = 17, REPEAT_ZERO_LONG = 18 };

/// How many bits follow a symbol of the header.
static unsigned item_extra(unsigned symbol) {
  return symbol < COPY_PREVIOUS ? 0 : symbol == COPY_PREVIOUS ? 2 : symbol == REPEAT_ZERO ? 3 : 7;
}

static void put(bit_writer *out, uint64_t bits, unsigned count) {
  out->bits |= bits << out->count;
  out->count += count;
}

/// Writes all whole bytes, at most seven; eight bytes are stored where there is room.
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
static bool has_room(const bit_writer *out, uint64_t bits) {
  return (out->count + bits + 7) / 8 <= (uint64_t)(out->end - out->next);
}

/// How many bits `count` bytes take as stored blocks, one at least, each up to a byte's end.
static uint64_t stored_bits(const bit_writer *out, size_t count) {
  uint64_t blocks = count == 0 ? 1 : (count + 65534) / 65535;
  return 8 * (count + 4 * blocks) + (8 - ((out->count + 3) & 7)) % 8 + 3 + (blocks - 1) * 8;
}

static void write_stored(const uint8_t *in, size_t count, bool is_last, bit_writer *out) {
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
}

/// Runs of one length become few items. Returns how many bits the header takes.
static uint64_t make_header(header *header, const code *literals, const code *distances) {
  uint8_t lengths[LITERAL_SYMBOLS + DISTANCE_SYMBOLS];
  header->literal_symbols = LITERAL_SYMBOLS;
  while (literals[header->literal_symbols - 1].count == 0) header->literal_symbols--;
  header->distance_symbols = DISTANCE_SYMBOLS;
  while (distances[header->distance_symbols - 1].count == 0) header->distance_symbols--;
  unsigned count = 0;
  for (unsigned i = 0; i < header->literal_symbols; i++) lengths[count++] = (uint8_t)literals[i].count;
  for (unsigned i = 0; i < header->distance_symbols; i++) lengths[count++] = (uint8_t)distances[i].count;

  uint32_t frequencies[CODE_LENGTH_SYMBOLS] = {0};
  uint64_t bits = 5 + 5 + 4;
  header->item_count = 0;
  for (unsigned i = 0; i < count;) {
    unsigned length = lengths[i], run = 1, symbol = length, item = length;
    while (i + run < count && lengths[i + run] == length) run++;
    bool follows = i > 0 && lengths[i - 1] == length;
    if (length == 0 && run >= 3) {
      if (run > 138) run = 138;
      symbol = run < 11 ? REPEAT_ZERO : REPEAT_ZERO_LONG;
      item = symbol | (run - (run < 11 ? 3 : 11)) << 5;
    } else if (length > 0 && follows && run >= 3) {
      if (run > 6) run = 6;
      symbol = COPY_PREVIOUS, item = symbol | (run - 3) << 5;
    } else {
      run = 1;
    }
    header->items[header->item_count++] = (uint16_t)item;
    frequencies[symbol]++;
    i += run;
  }
  cdeflate_make_code(frequencies, CODE_LENGTH_SYMBOLS, MAXIMUM_CODE_LENGTH_CODE, header->codes);
  cdeflate_assign_bits(header->codes, CODE_LENGTH_SYMBOLS);
  header->code_length_symbols = CODE_LENGTH_SYMBOLS;
  while (header->codes[code_length_order[header->code_length_symbols - 1]].count == 0) header->code_length_symbols--;
  bits += 3 * header->code_length_symbols;
  for (unsigned symbol = 0; symbol < CODE_LENGTH_SYMBOLS; symbol++) {
    bits += frequencies[symbol] * (header->codes[symbol].count + item_extra(symbol));
  }
  return bits;
}

static void write_header(const header *header, bit_writer *out) {
  put(out, header->literal_symbols - FIRST_LENGTH, 5);
  put(out, header->distance_symbols - 1, 5);
  put(out, header->code_length_symbols - 4, 4);
  flush(out);
  for (unsigned i = 0; i < header->code_length_symbols; i++) {
    put(out, header->codes[code_length_order[i]].count, 3);
    flush(out);
  }
  for (unsigned i = 0; i < header->item_count; i++) {
    unsigned symbol = header->items[i] & 31;
    put(out, header->codes[symbol].bits, header->codes[symbol].count);
    put(out, header->items[i] >> 5, item_extra(symbol));
    flush(out);
  }
}

/// How many bits the symbols take.
static uint64_t coded_bits(const frequencies *seen, const code *literals, const code *distances) {
  uint64_t bits = 0;
  for (unsigned i = 0; i < LITERAL_SYMBOLS; i++) bits += (uint64_t)seen->literals[i] * literals[i].count;
  for (unsigned i = 0; i < DISTANCE_SYMBOLS; i++) bits += (uint64_t)seen->distances[i] * distances[i].count;
  return bits;
}

/// How many bits follow the symbols.
static uint64_t extra_bits(const frequencies *seen) {
  uint64_t bits = 0;
  for (unsigned i = 8; i < 28; i++) bits += (uint64_t)seen->literals[FIRST_LENGTH + i] * (i / 4 - 1);
  for (unsigned i = 4; i < DISTANCE_SYMBOLS; i++) bits += (uint64_t)seen->distances[i] * (i / 2 - 1);
  return bits;
}

/// The length of a symbol's fixed code (RFC 1951 §3.2.6); that of a distance's is 5.
static unsigned fixed_length(unsigned symbol) { return symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8; }

static uint64_t fixed_bits(const frequencies *seen) {
  uint64_t bits = 0;
  for (unsigned i = 0; i < LITERAL_SYMBOLS; i++) bits += (uint64_t)seen->literals[i] * fixed_length(i);
  for (unsigned i = 0; i < DISTANCE_SYMBOLS; i++) bits += (uint64_t)seen->distances[i] * 5;
  return bits;
}

static void make_fixed(code *literals, code *distances) {
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

bool cdeflate_write_block(
    const frequencies *seen, const sequence *sequences, size_t sequence_count, const uint8_t *in, size_t count,
    bool is_last, bit_writer *out) {
  code literals[FIXED_LITERAL_SYMBOLS], distances[DISTANCE_SYMBOLS];
  header header;
  cdeflate_make_code(seen->literals, LITERAL_SYMBOLS, MAXIMUM_CODE, literals);
  cdeflate_make_code(seen->distances, DISTANCE_SYMBOLS, MAXIMUM_CODE, distances);
  uint64_t extra = extra_bits(seen);
  uint64_t dynamic = 3 + make_header(&header, literals, distances) + coded_bits(seen, literals, distances) + extra;
  uint64_t fixed = 3 + fixed_bits(seen) + extra;
  uint64_t stored = stored_bits(out, count);
  if (stored <= fixed && stored <= dynamic) {
    if (!has_room(out, stored)) return false;
    write_stored(in, count, is_last, out);
  } else if (fixed <= dynamic) {
    if (!has_room(out, fixed)) return false;
    put(out, (is_last ? 1 : 0) | 1 << 1, 3);
    make_fixed(literals, distances);
    write_sequences(sequences, sequence_count, in, literals, distances, out);
  } else {
    if (!has_room(out, dynamic)) return false;
    put(out, (is_last ? 1 : 0) | 2 << 1, 3);
    cdeflate_assign_bits(literals, LITERAL_SYMBOLS);
    cdeflate_assign_bits(distances, DISTANCE_SYMBOLS);
    write_header(&header, out);
    write_sequences(sequences, sequence_count, in, literals, distances, out);
  }
  return true;
}

bool cdeflate_write_empty_block(bool is_last, bit_writer *out) {
  if (!has_room(out, stored_bits(out, 0))) return false;
  write_stored(NULL, 0, is_last, out);
  return true;
}

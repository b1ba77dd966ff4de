// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// The header of a block with codes of its own (RFC 1951 §3.2.7): the lengths of the codes, runs of one length as
// one item, in a code of its own.

#include "deflate_bits.h"

static const uint8_t code_length_order[CODE_LENGTH_SYMBOLS] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                               11, 4,  12, 3, 13, 2, 14, 1, 15};
enum { COPY_PREVIOUS = 16, REPEAT_ZERO = 17, REPEAT_ZERO_LONG = 18 };

/// How many bits follow a symbol of the header.
SMALL static unsigned item_extra(unsigned symbol) {
  return symbol < COPY_PREVIOUS ? 0 : symbol == COPY_PREVIOUS ? 2 : symbol == REPEAT_ZERO ? 3 : 7;
}

SMALL uint64_t cdeflate_make_header(block_header *header, const code *literals, const code *distances) {
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

SMALL void cdeflate_write_header(const block_header *header, bit_writer *out) {
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

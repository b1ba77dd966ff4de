// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// What the files of the deflate encoder share. deflate_parse.c takes the input apart into sequences, which
// deflate_search.h finds the matches for; deflate_split.c says where a block ends; deflate_lengths.c makes the codes
// of one, and deflate_block.c writes it, with the header of deflate_header.c.

#ifndef DEFLATE_INTERNAL_H
#define DEFLATE_INTERNAL_H

#include <string.h>

#include "include/deflate_kernels.h"

/// For what is done once a block.
#define SMALL __attribute__((minsize))

// RFC 1951 §3.2.5 to §3.2.7.
enum {
  MINIMUM_MATCH = 3,
  MAXIMUM_MATCH = 258,
  END_OF_BLOCK = 256,
  FIRST_LENGTH = 257,
  LITERAL_SYMBOLS = 286,
  /// Of the fixed code, whose last two never occur.
  FIXED_LITERAL_SYMBOLS = 288,
  DISTANCE_SYMBOLS = 30,
  CODE_LENGTH_SYMBOLS = 19,
  MAXIMUM_CODE = 15,
  MAXIMUM_CODE_LENGTH_CODE = 7,
};

enum {
  /// The sizes of the tables for large inputs.
  HASH_BITS = 17,
  HASH3_BITS = 13,
  /// Symbols are counted a part of the input at a time: it has less than so many sequences, and ends at the first
  /// one behind so many bytes.
  PART_SEQUENCES = 256,
  PART_BYTES = 4096,
  /// A block ends where another part would give it more than that.
  BLOCK_SEQUENCES = 8192,
};

/// A run of literals, and the match behind it.
typedef struct sequence {
  uint32_t literals;
  /// 0 where there is no match.
  uint16_t length;
  /// Less one.
  uint16_t distance;
} sequence;

/// How often each symbol occurs.
typedef struct frequencies {
  uint32_t literals[FIXED_LITERAL_SYMBOLS];
  uint32_t distances[DISTANCE_SYMBOLS];
} frequencies;

/// A symbol's code, the first bit lowest, and how many bits it has.
typedef struct code {
  uint16_t bits;
  uint16_t count;
} code;

struct cdeflate_encoder {
  // Places are counted from the first byte of the input, and of them 16 bits are kept. One from before those 65,536
  // looks nearer by than it is: what lies there is compared in any case.

  /// By a hash of four bytes, the latest place where they began.
  uint16_t latest[1 << HASH_BITS];
  /// How far before each place of the window the same hash was. Never cleared: before a place is read, it is written.
  uint16_t previous[CDEFLATE_WINDOW];
  /// By a part of a number for three bytes, the rest of it and the latest place where they began.
  uint32_t latest3[1 << HASH3_BITS];
  unsigned hash_bits;
  unsigned hash3_bits;
  /// Up to which length a better match is searched for a byte later; that is set for so many parts more.
  unsigned lazy_limit;
  unsigned lazy_parts;
  /// Of the block, and of the part behind it.
  frequencies block;
  frequencies part;
  sequence sequences[BLOCK_SEQUENCES + PART_SEQUENCES];
};

static inline uint64_t load64(const uint8_t *in) {
  uint64_t value;
  memcpy(&value, in, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  value = __builtin_bswap64(value);
#endif
  return value;
}

static inline uint32_t load32(const uint8_t *in) {
  uint32_t value;
  memcpy(&value, in, 4);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  value = __builtin_bswap32(value);
#endif
  return value;
}

static inline unsigned highest_bit(uint32_t value) { return 31 - (unsigned)__builtin_clz(value); }

/// The symbol of a length, less 3.
static inline unsigned length_symbol(unsigned length) {
  unsigned extra = highest_bit(length | 4) - 2;
  return FIRST_LENGTH + 4 * extra + (length >> extra) + (length == MAXIMUM_MATCH - MINIMUM_MATCH);
}

/// How many bits follow that.
static inline unsigned length_extra(unsigned length) {
  return length == MAXIMUM_MATCH - MINIMUM_MATCH ? 0 : highest_bit(length | 4) - 2;
}

/// The symbol of a distance, less 1.
static inline unsigned distance_symbol(unsigned distance) {
  unsigned extra = highest_bit(distance | 2) - 1;
  return 2 * extra + (distance >> extra);
}

/// How many bits follow that.
static inline unsigned distance_extra(unsigned distance) { return highest_bit(distance | 2) - 1; }

typedef struct bit_writer bit_writer;

/// Makes the encoder ready for an input of `count` bytes, history included.
void cdeflate_begin(cdeflate_encoder *encoder, size_t count);

/// Adds `count` bytes, which begin the input of `total` bytes, to what can be referred to.
void cdeflate_add_history(cdeflate_encoder *encoder, const uint8_t *in, size_t count, size_t total);

/// Appends the sequences of the part at `at` to `*next`, and counts its symbols. Returns where it ends.
const uint8_t *cdeflate_take_part(
    cdeflate_encoder *encoder, const uint8_t *in, const uint8_t *at, const uint8_t *end, sequence **next);

/// Whether the two as blocks of their own are shorter than as one.
bool cdeflate_differs(const frequencies *block, const frequencies *part);

/// Chooses the lengths of the codes of `count` symbols, at most 288: 0 for those that don't occur, but two have one
/// in any case. The code is complete; it has no bits yet.
void cdeflate_make_code(const uint32_t *frequencies, unsigned count, unsigned limit, code *codes);

/// The lengths of the codes of a block, as its header tells them.
typedef struct block_header {
  unsigned literal_symbols;
  unsigned distance_symbols;
  unsigned code_length_symbols;
  unsigned item_count;
  code codes[CODE_LENGTH_SYMBOLS];
  /// Each a symbol, and from the sixth bit on what follows it.
  uint16_t items[LITERAL_SYMBOLS + DISTANCE_SYMBOLS];
} block_header;

/// Makes the header of a block with these codes; returns how many bits it takes.
uint64_t cdeflate_make_header(block_header *header, const code *literals, const code *distances);

void cdeflate_write_header(const block_header *header, bit_writer *out);

/// Gives the codes their canonical bits, by their lengths (RFC 1951 §3.2.2).
void cdeflate_assign_bits(code *codes, unsigned count);

/// Writes a block of `count` bytes at `in`, which these sequences stand for. False where there is no room for it:
/// nothing is written then.
bool cdeflate_write_block(
    const frequencies *seen, const sequence *sequences, size_t sequence_count, const uint8_t *in, size_t count,
    bool is_last, bit_writer *out);

/// Writes `count` bytes as stored blocks, one at least, behind which the output ends on a byte. False where there is
/// no room for them.
bool cdeflate_write_stored(const uint8_t *in, size_t count, bool is_last, bit_writer *out);

#endif

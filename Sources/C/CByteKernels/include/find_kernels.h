// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Where any of some strings may be: three neighbouring bytes of each are held against the text by their halves,
// many places at a time. Few other places pass.

#ifndef FIND_KERNELS_H
#define FIND_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// How many bytes of each string are looked at.
#define CFIND_WIDTH 3

/// For each of the bytes that are looked at, and each value of its lower and its upper four bits, a bit for
/// each group of strings that have it.
typedef struct cfind_filter {
  uint8_t low[CFIND_WIDTH][16];
  uint8_t high[CFIND_WIDTH][16];
} cfind_filter;

/// Whether this processor looks at many places at a time.
bool cfind_is_fast(void);

/// The first place from `from` on where the bytes of a string may begin; `count` where there is none. Reads
/// only `in[0 ..< count]`.
size_t cfind_next(const cfind_filter *filter, const uint8_t *in, size_t from, size_t count);

#endif

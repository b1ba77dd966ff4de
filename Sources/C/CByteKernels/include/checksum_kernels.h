// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

#ifndef CHECKSUM_KERNELS_H
#define CHECKSUM_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// The Adler-32 (RFC 1950 §8.2) of `count` bytes.
uint32_t cadler32(const uint8_t *in, size_t count);

#endif

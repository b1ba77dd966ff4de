// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// What the commands of a delta make of its base (gitformat-pack(5), "Deltified representation").

#ifndef DELTA_KERNELS_H
#define DELTA_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// What `cdelta_apply` may write behind its output.
#define CDELTA_SLACK 32

/// Writes the `count` bytes that the commands at `commands` make of `base`, and returns whether they make just
/// as many. Whatever they say, no byte is read outside of the two, and none is written outside of
/// `out[0 ..< count + CDELTA_SLACK]`, which must overlap neither.
bool cdelta_apply(
    const uint8_t *commands, size_t command_count, const uint8_t *base, size_t base_count, uint8_t *out, size_t count);

#endif

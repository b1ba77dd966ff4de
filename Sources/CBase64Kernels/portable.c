// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Three bytes become one 24-bit number, and its four 6-bit digits are looked up:
//
//     aaaaaaaa bbbbbbbb cccccccc   ->   aaaaaa aabbbb bbbbcc cccccc

#include "kernels.h"

static const uint8_t alphabet[64] = {
    'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P',
    'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 'a', 'b', 'c', 'd', 'e', 'f',
    'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v',
    'w', 'x', 'y', 'z', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '/',
};

void cb64_encode_portable(const uint8_t *in, size_t count, uint8_t *out) {
  for (; count >= 3; count -= 3, in += 3, out += 4) {
    uint32_t group = (uint32_t)in[0] << 16 | (uint32_t)in[1] << 8 | in[2];
    out[0] = alphabet[group >> 18];
    out[1] = alphabet[group >> 12 & 63];
    out[2] = alphabet[group >> 6 & 63];
    out[3] = alphabet[group & 63];
  }
}

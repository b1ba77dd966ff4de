// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// A group after the other.

#include "base64_internal.h"

const uint8_t cb64_alphabet[64] = {
    'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P',
    'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 'a', 'b', 'c', 'd', 'e', 'f',
    'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v',
    'w', 'x', 'y', 'z', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '/',
};

void cb64_encode_portable(const uint8_t *in, size_t count, uint8_t *out) {
  for (; count >= 3; count -= 3, in += 3, out += 4) {
    cb64_encode_group(in[0], in[1], in[2], out);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// The constants of the kernels without a multishift (Wojciech Muła's method), for 32-bit lanes that hold
// three bytes a b c as b a c b, lowest byte first:
//
//     bits 31....24 23....16 15.....8 7......0
//          bbbbbbbb cccccccc aaaaaaaa bbbbbbbb
//
// A 16-bit multiplication is a shift by its own count in each half of the lane. Digits 0 and 2 are moved
// right by keeping the upper half of a product, digits 1 and 3 left by keeping the lower half:
//
//     digit 0, bits 10-15, right by 10: times 2^6      digit 1, bits  4-9,  left by 4: times 2^4
//     digit 2, bits 22-27, right by  6: times 2^10     digit 3, bits 16-21, left by 8: times 2^8
//
// Each byte is then a digit 0-63. What must be added to make it a character depends on its range only.
// Subtracting 51 with saturation leaves 0 for A-Z and a-z, 1 to 10 for the ten of 0-9, 11 for + and 12 for /;
// adding 1 to all digits above 25 then tells a-z (1) from A-Z (0), and makes the others 2 to 13: the index of
// the offset.

#ifndef BASE64_X86_DIGITS_H
#define BASE64_X86_DIGITS_H

/// The shuffle that lays 12 bytes out so, for 16 of which they are those from the n-th on.
#define CB64_SPREAD_FROM(n) \
  n + 1, n, n + 2, n + 1, n + 4, n + 3, n + 5, n + 4, n + 7, n + 6, n + 8, n + 7, n + 10, n + 9, n + 11, n + 10

#define CB64_DIGITS_0_2 0x0fc0fc00
#define CB64_RIGHT 0x04000040
#define CB64_DIGITS_1_3 0x003f03f0
#define CB64_LEFT 0x01000010

// By range: A-Z, a-z, 0-9 ten times, +, /.
#define CB64_OFFSETS 65, 71, -4, -4, -4, -4, -4, -4, -4, -4, -4, -4, -19, -16, 0, 0

#endif

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// The two initialisers are macros that pass zlib's version and the size of its state along; Swift needs functions.

#ifndef ACTORPUSH_CZLIB_SHIM_H
#define ACTORPUSH_CZLIB_SHIM_H

#include <zlib.h>

static inline int CZlib_deflateInit2(z_stream *stream, int level, int window_bits, int strategy) {
  return deflateInit2(stream, level, Z_DEFLATED, window_bits, 8, strategy);
}

static inline int CZlib_inflateInit2(z_stream *stream, int window_bits) {
  return inflateInit2(stream, window_bits);
}

#endif

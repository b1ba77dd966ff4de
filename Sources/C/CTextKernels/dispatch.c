// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// The driver: carries a stream from call to call, and hands the bulk of it to a kernel.

#include "kernels.h"

#include "utf8.h"

static ctext_escape_kernel *escape_kernel(ctext_kernel kernel) {
  switch (kernel) {
#if CTEXT_X86
  case CTEXT_AVX512: return ctext_escape_avx512;
  case CTEXT_AVX2: return ctext_escape_avx2;
#elif CTEXT_ARM
  case CTEXT_NEON: return ctext_escape_neon;
#endif
  default: return ctext_escape_portable;
  }
}

static ctext_scan_kernel *scan_kernel(ctext_kernel kernel) {
  switch (kernel) {
#if CTEXT_X86
  case CTEXT_AVX512: return ctext_scan_avx512;
  case CTEXT_AVX2: return ctext_scan_avx2;
#elif CTEXT_ARM
  case CTEXT_NEON: return ctext_scan_neon;
#endif
  default: return ctext_scan_portable;
  }
}

/// Completes the character that the last call left open; the bytes taken, at most 3. Sets the place to NOT_UTF8
/// where they don't belong to it.
static size_t finish_character(ctext_state *state, const uint8_t *in, size_t count) {
  size_t taken = 0;
  while (taken < count && state->place != BETWEEN_CHARACTERS && state->place != NOT_UTF8) {
    state->place = utf8_step(state->place, in[taken++]);
  }
  return taken;
}

ptrdiff_t ctext_escape(ctext_kernel kernel, ctext_state *state, const uint8_t *in, size_t count, uint8_t *out) {
  size_t taken = 0;
  if (state->place != BETWEEN_CHARACTERS) {  // also where the stream is broken: it stays so
    taken = finish_character(state, in, count);
    for (size_t i = 0; i < taken; i++) out[i] = in[i];
    if (state->place == NOT_UTF8) return CTEXT_NOT_TEXT;
    in += taken, out += taken, count -= taken;
  }
  if (count == 0) return (ptrdiff_t)taken;
  ptrdiff_t written = escape_kernel(kernel)(in, count, out, &state->supplementary);
  if (written == CTEXT_NOT_TEXT) {
    state->place = NOT_UTF8;
    return CTEXT_NOT_TEXT;
  }
  state->place = utf8_place_after(in, count);
  return (ptrdiff_t)taken + written;
}

bool ctext_scan(ctext_kernel kernel, ctext_state *state, const uint8_t *in, size_t count) {
  if (state->place != BETWEEN_CHARACTERS) {
    size_t taken = finish_character(state, in, count);
    if (state->place == NOT_UTF8) return false;
    in += taken, count -= taken;
  }
  if (count == 0) return true;
  bool text = scan_kernel(kernel)(in, count, &state->supplementary);
  state->place = text ? utf8_place_after(in, count) : NOT_UTF8;
  return text;
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Which kernels can run here; and the driver, which carries a stream from call to call and hands the bulk of
// it to a kernel.

#include "text_internal.h"

#include "text_utf8.h"

static unsigned find_kernels(void) {
  const unsigned avx2 = CBYTE_AVX2 | CBYTE_BMI | CBYTE_POPCNT;
  const unsigned avx512 =
      CBYTE_AVX512 | CBYTE_AVX512_VBMI | CBYTE_AVX512_VBMI2 | CBYTE_BMI | CBYTE_BMI2 | CBYTE_POPCNT;
  unsigned features = cbyte_find_features(), found = 1u << CTEXT_PORTABLE;
  if (cbyte_has(features, avx2)) found |= 1u << CTEXT_AVX2;
  if (cbyte_has(features, avx512)) found |= 1u << CTEXT_AVX512;
  if (cbyte_has(features, CBYTE_NEON)) found |= 1u << CTEXT_NEON;
  return found;
}

/// A bit for each kernel that can run, 0 until the first call.
static _Atomic unsigned kernels;

bool ctext_can_run(ctext_kernel kernel) { return cbyte_cached(&kernels, find_kernels) >> kernel & 1; }

ctext_kernel ctext_best_kernel(void) {
  return (ctext_kernel)(31 - __builtin_clz(cbyte_cached(&kernels, find_kernels)));
}

static ctext_escape_kernel *escape_kernel(ctext_kernel kernel) {
  switch (kernel) {
#if CBYTE_X86
  case CTEXT_AVX512: return ctext_escape_avx512;
  case CTEXT_AVX2: return ctext_escape_avx2;
#elif CBYTE_ARM
  case CTEXT_NEON: return ctext_escape_neon;
#endif
  default: return ctext_escape_portable;
  }
}

static ctext_scan_kernel *scan_kernel(ctext_kernel kernel) {
  switch (kernel) {
#if CBYTE_X86
  case CTEXT_AVX512: return ctext_scan_avx512;
  case CTEXT_AVX2: return ctext_scan_avx2;
#elif CBYTE_ARM
  case CTEXT_NEON: return ctext_scan_neon;
#endif
  default: return ctext_scan_portable;
  }
}

/// Completes the character that the last call left open; the bytes taken, at most 3. Sets the place to
/// NOT_UTF8 where they don't belong to it.
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

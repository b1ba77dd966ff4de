// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Which kernels can run here, and the choice among them.

#include "base64_internal.h"

static unsigned find_kernels(void) {
  unsigned features = cbyte_find_features(), found = 1u << CB64_PORTABLE;
  if (cbyte_has(features, CBYTE_SSSE3)) found |= 1u << CB64_SSSE3;
  if (cbyte_has(features, CBYTE_AVX2)) found |= 1u << CB64_AVX2;
  if (cbyte_has(features, CBYTE_AVX512 | CBYTE_AVX512_VBMI | CBYTE_BMI2)) found |= 1u << CB64_AVX512;
  if (cbyte_has(features, CBYTE_NEON)) found |= 1u << CB64_NEON;
  return found;
}

/// A bit for each kernel that can run, 0 until the first call.
static _Atomic unsigned kernels;

bool cb64_can_run(cb64_kernel kernel) { return cbyte_cached(&kernels, find_kernels) >> kernel & 1; }

cb64_kernel cb64_best_kernel(void) {
  return (cb64_kernel)(31 - __builtin_clz(cbyte_cached(&kernels, find_kernels)));
}

void cb64_encode(cb64_kernel kernel, const uint8_t *in, size_t count, uint8_t *out) {
  if (count < CB64_LARGE || !cb64_can_store_past(kernel, out)) {
    cb64_encode_cached(kernel, in, count, out);
  } else {
    cb64_stream stream = {.kernel = kernel};
    cb64_line line = {0};
    out += cb64_stream_encode_past(&stream, &line, in, count, out);
    cb64_stream_finish_past(&stream, &line, out);
    cb64_fence();
  }
}

void cb64_encode_cached(cb64_kernel kernel, const uint8_t *in, size_t count, uint8_t *out) {
  switch (kernel) {
#if CBYTE_X86
  case CB64_AVX512: cb64_encode_avx512(in, count, out); return;
  case CB64_AVX2: cb64_encode_avx2(in, count, out); return;
  case CB64_SSSE3: cb64_encode_ssse3(in, count, out); return;
#elif CBYTE_ARM
  case CB64_NEON: cb64_encode_neon(in, count, out); return;
#endif
  default: cb64_encode_portable(in, count, out); return;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Which kernels can run here, and the choice among them.

#include "kernels.h"

#include <stdatomic.h>

#if CB64_X86
#include <cpuid.h>

/// The register sets that the operating system saves on a context switch (XCR0). A processor with AVX-512 under a
/// system that doesn't save its registers looks fine to CPUID, and loses them.
static uint64_t saved_registers(void) {
  uint32_t low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (uint64_t)high << 32 | low;
}

static unsigned find_kernels(void) {
  unsigned found = 1u << CB64_PORTABLE;
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return found;
  if (c & bit_SSSE3) found |= 1u << CB64_SSSE3;
  if (!(c & bit_OSXSAVE)) return found;

  const uint64_t ymm = 0x06, zmm = 0xe6;  // XMM and YMM; with them the mask registers and both halves of the ZMM
  uint64_t saved = saved_registers();
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return found;
  if ((saved & ymm) == ymm && (b & bit_AVX2)) found |= 1u << CB64_AVX2;
  const unsigned wide = bit_AVX512F | bit_AVX512BW | bit_AVX512VL | bit_BMI2;
  if ((saved & zmm) == zmm && (b & wide) == wide && (c & bit_AVX512VBMI)) found |= 1u << CB64_AVX512;
  return found;
}
#elif CB64_ARM
static unsigned find_kernels(void) { return 1u << CB64_PORTABLE | 1u << CB64_NEON; }
#else
static unsigned find_kernels(void) { return 1u << CB64_PORTABLE; }
#endif

/// A bit for each kernel that can run, 0 while nobody has looked. Threads that look at the same time find the same.
static _Atomic unsigned kernels;

static unsigned known_kernels(void) {
  unsigned known = atomic_load_explicit(&kernels, memory_order_relaxed);
  if (known == 0) {
    known = find_kernels();
    atomic_store_explicit(&kernels, known, memory_order_relaxed);
  }
  return known;
}

bool cb64_can_run(cb64_kernel kernel) { return known_kernels() >> kernel & 1; }

cb64_kernel cb64_best_kernel(void) { return (cb64_kernel)(31 - __builtin_clz(known_kernels())); }

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
#if CB64_X86
  case CB64_AVX512: cb64_encode_avx512(in, count, out); return;
  case CB64_AVX2: cb64_encode_avx2(in, count, out); return;
  case CB64_SSSE3: cb64_encode_ssse3(in, count, out); return;
#elif CB64_ARM
  case CB64_NEON: cb64_encode_neon(in, count, out); return;
#endif
  default: cb64_encode_portable(in, count, out); return;
  }
}

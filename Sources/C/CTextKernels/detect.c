// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Which kernels can run here.

#include "kernels.h"

#include <stdatomic.h>

#if CTEXT_X86
#include <cpuid.h>

/// The register sets that the operating system saves on a context switch (XCR0). A processor with AVX-512 under a
/// system that doesn't save its registers looks fine to CPUID, and loses them.
static uint64_t saved_registers(void) {
  uint32_t low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (uint64_t)high << 32 | low;
}

static unsigned find_kernels(void) {
  unsigned found = 1u << CTEXT_PORTABLE;
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE) || !(c & bit_POPCNT)) return found;

  const uint64_t ymm = 0x06, zmm = 0xe6;  // XMM and YMM; with them the mask registers and both halves of the ZMM
  uint64_t saved = saved_registers();
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return found;
  if ((saved & ymm) == ymm && (b & bit_AVX2) && (b & bit_BMI)) found |= 1u << CTEXT_AVX2;
  const unsigned wide = bit_AVX512F | bit_AVX512BW | bit_AVX512VL | bit_BMI | bit_BMI2;
  const unsigned bytes = bit_AVX512VBMI | bit_AVX512VBMI2;
  if ((saved & zmm) == zmm && (b & wide) == wide && (c & bytes) == bytes) found |= 1u << CTEXT_AVX512;
  return found;
}
#elif CTEXT_ARM
static unsigned find_kernels(void) { return 1u << CTEXT_PORTABLE | 1u << CTEXT_NEON; }
#else
static unsigned find_kernels(void) { return 1u << CTEXT_PORTABLE; }
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

bool ctext_can_run(ctext_kernel kernel) { return known_kernels() >> kernel & 1; }

ctext_kernel ctext_best_kernel(void) { return (ctext_kernel)(31 - __builtin_clz(known_kernels())); }


// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

#include "cpu.h"

#if CBYTE_X86
#include <cpuid.h>
#include <stdint.h>

/// The register sets that the operating system saves on a context switch (XCR0). A processor with AVX-512
/// under a system that does not save its registers looks fine to CPUID, and loses them.
static uint64_t saved_registers(void) {
  uint32_t low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (uint64_t)high << 32 | low;
}

unsigned cbyte_find_features(void) {
  unsigned found = 0;
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return found;
  if (c & bit_SSSE3) found |= CBYTE_SSSE3;
  if (c & bit_POPCNT) found |= CBYTE_POPCNT;
  if (!(c & bit_OSXSAVE)) return found;

  // XMM and YMM; with them the mask registers and both halves of the ZMM.
  const uint64_t ymm = 0x06, zmm = 0xe6;
  uint64_t saved = saved_registers();
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return found;
  if (b & bit_BMI) found |= CBYTE_BMI;
  if (b & bit_BMI2) found |= CBYTE_BMI2;
  if ((saved & ymm) == ymm && (b & bit_AVX2)) found |= CBYTE_AVX2;
  const unsigned wide = bit_AVX512F | bit_AVX512BW | bit_AVX512VL;
  if ((saved & zmm) != zmm || (b & wide) != wide) return found;
  found |= CBYTE_AVX512;
  if (c & bit_AVX512VBMI) found |= CBYTE_AVX512_VBMI;
  if (c & bit_AVX512VBMI2) found |= CBYTE_AVX512_VBMI2;
  return found;
}
#elif CBYTE_ARM
unsigned cbyte_find_features(void) { return CBYTE_NEON; }
#else
unsigned cbyte_find_features(void) { return 0; }
#endif

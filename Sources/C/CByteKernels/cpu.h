// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// What this processor and its operating system offer to the kernels.

#ifndef CBYTE_CPU_H
#define CBYTE_CPU_H

#include <stdatomic.h>
#include <stdbool.h>

#if defined(__x86_64__)
#define CBYTE_X86 1
#elif defined(__aarch64__) && defined(__ARM_NEON)
#define CBYTE_ARM 1
#endif

/// Instruction sets, a bit each. Those with wide registers count only where the system saves the registers.
enum cbyte_features {
  CBYTE_SSSE3 = 1 << 0,
  CBYTE_POPCNT = 1 << 1,
  CBYTE_BMI = 1 << 2,
  CBYTE_BMI2 = 1 << 3,
  CBYTE_AVX2 = 1 << 4,
  /// AVX-512 F, BW and VL.
  CBYTE_AVX512 = 1 << 5,
  CBYTE_AVX512_VBMI = 1 << 6,
  CBYTE_AVX512_VBMI2 = 1 << 7,
  CBYTE_NEON = 1 << 8,
};

/// The instruction sets of this machine. Asks the processor at each call.
unsigned cbyte_find_features(void);

static inline bool cbyte_has(unsigned features, unsigned wanted) { return (features & wanted) == wanted; }

/// The bits in `cache`, never 0 once they are known; `find` finds them at the first call. Threads that call
/// it at the same time find the same.
static inline unsigned cbyte_cached(_Atomic unsigned *cache, unsigned (*find)(void)) {
  unsigned known = atomic_load_explicit(cache, memory_order_relaxed);
  if (known == 0) {
    known = find();
    atomic_store_explicit(cache, known, memory_order_relaxed);
  }
  return known;
}

#endif

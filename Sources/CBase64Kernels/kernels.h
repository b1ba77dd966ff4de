// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// What the kernels of this target share. Each has the contract of `cb64_encode`.

#ifndef CB64_KERNELS_H
#define CB64_KERNELS_H

#include "CBase64Kernels.h"

#if defined(__x86_64__)
#define CB64_X86 1
#elif defined(__aarch64__) && defined(__ARM_NEON)
#define CB64_ARM 1
#endif

void cb64_encode_portable(const uint8_t *in, size_t count, uint8_t *out);

#if CB64_X86
void cb64_encode_ssse3(const uint8_t *in, size_t count, uint8_t *out);
void cb64_encode_avx2(const uint8_t *in, size_t count, uint8_t *out);
void cb64_encode_avx512(const uint8_t *in, size_t count, uint8_t *out);
#endif

#if CB64_ARM
void cb64_encode_neon(const uint8_t *in, size_t count, uint8_t *out);
#endif

#endif

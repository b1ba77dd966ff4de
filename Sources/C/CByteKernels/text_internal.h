// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// What the text kernels share. A kernel starts between two characters and may end inside one: the driver
// (text_dispatch.c) completes a character that was cut by the end of a call, and finds the place behind the
// last byte.

#ifndef TEXT_INTERNAL_H
#define TEXT_INTERNAL_H

#include "cpu.h"
#include "text_kernels.h"

/// Bytes written (capacity: six times `count`), or CTEXT_NOT_TEXT. Adds to `supplementary` in either case.
typedef ptrdiff_t ctext_escape_kernel(const uint8_t *in, size_t count, uint8_t *out, uint64_t *supplementary);

/// Whether the bytes can be text.
typedef bool ctext_scan_kernel(const uint8_t *in, size_t count, uint64_t *supplementary);

ctext_escape_kernel ctext_escape_portable;
ctext_scan_kernel ctext_scan_portable;

#if CBYTE_X86
ctext_escape_kernel ctext_escape_avx2, ctext_escape_avx512;
ctext_scan_kernel ctext_scan_avx2, ctext_scan_avx512;
#endif

#if CBYTE_ARM
ctext_escape_kernel ctext_escape_neon;
ctext_scan_kernel ctext_scan_neon;
#endif

#endif

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Loops over bytes. Base64, and text inside JSON strings: one kernel per instruction set, chosen once at run
// time; cpu.c says what the machine has, base64_dispatch.c and text_dispatch.c choose. A checksum,
// git's deltas, strings that are searched for: a file each; deflate: the files of its name. Each other .c file is one
// kernel or what goes around it.

#ifndef CBYTEKERNELS_H
#define CBYTEKERNELS_H

#include "base64_kernels.h"
#include "checksum_kernels.h"
#include "deflate_kernels.h"
#include "delta_kernels.h"
#include "find_kernels.h"
#include "text_kernels.h"

#endif

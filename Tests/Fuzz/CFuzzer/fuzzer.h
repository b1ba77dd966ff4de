// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// The driver of libFuzzer, which the toolchain has as a library without a header.
#pragma once

#include <spawn.h>
#include <stddef.h>
#include <stdint.h>

/// Reads the options, runs `test` on inputs until one of them ends it, and exits.
int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*test)(const uint8_t *bytes, size_t count));

// Of glibc, which declares them only where _GNU_SOURCE is defined.
int pipe2(int descriptors[2], int flags);
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);

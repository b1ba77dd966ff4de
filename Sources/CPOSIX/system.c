// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

#define _GNU_SOURCE
#include "CPOSIX.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/syscall.h>

ssize_t actorpush_getdents64(int descriptor, void *buffer, size_t size) {
  return syscall(SYS_getdents64, descriptor, buffer, size);
}

int actorpush_path_only_flag(void) { return O_PATH; }

int actorpush_open_unnamed(const char *directory, int mode) {
  return open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, mode);
}
#else
ssize_t actorpush_getdents64(int descriptor, void *buffer, size_t size) {
  (void)descriptor, (void)buffer, (void)size;
  errno = ENOSYS;
  return -1;
}

int actorpush_path_only_flag(void) { return 0; }

int actorpush_open_unnamed(const char *directory, int mode) {
  (void)directory, (void)mode;
  errno = EOPNOTSUPP;
  return -1;
}
#endif

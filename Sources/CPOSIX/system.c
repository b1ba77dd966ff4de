// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

#define _GNU_SOURCE
#include "CPOSIX.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
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

static int endings = -1;

static void note_ending(int number) {
  int before = errno;
  unsigned char byte = (unsigned char)number;
  ssize_t written = write(endings, &byte, 1);
  (void)written;
  errno = before;
}

int actorpush_catch_endings(void) {
  static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
  int ends[2];
  if (pipe(ends) != 0) return -1;
  for (int index = 0; index < 2; index++) {
    // Programs that are started have nothing to do with it.
    if (fcntl(ends[index], F_SETFD, FD_CLOEXEC) != 0) return -1;
  }
  endings = ends[1];
  for (size_t index = 0; index < sizeof numbers / sizeof *numbers; index++) {
    struct sigaction before, action;
    memset(&action, 0, sizeof action);
    action.sa_handler = note_ending;
    action.sa_flags = SA_RESTART | (int)SA_RESETHAND;
    sigemptyset(&action.sa_mask);
    if (sigaction(numbers[index], 0, &before) == 0 && before.sa_handler == SIG_IGN) continue;
    if (sigaction(numbers[index], &action, 0) != 0) return -1;
  }
  return ends[0];
}

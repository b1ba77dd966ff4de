// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// The floor under everything that reads a tree: opens, reads and closes the files named on standard input,
// each name ended by a NUL, in as many threads as the second argument says. Names that end with a slash are
// folders and passed over.

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char *names;
static size_t *starts, count;
static atomic_size_t next, total;

static void *work(void *unused) {
  size_t size = 1 << 18, sum = 0, begin;
  char *buffer = malloc(size);
  // Some names at a time: threads that meet at each would wait for each other.
  while ((begin = atomic_fetch_add(&next, 64)) < count) {
    for (size_t index = begin; index < begin + 64 && index < count; index++) {
      int file = open(names + starts[index], O_RDONLY | O_CLOEXEC);
      if (file < 0) exit(1);
      for (ssize_t got; (got = read(file, buffer, size)) > 0;) sum += (size_t)got;
      close(file);
    }
  }
  atomic_fetch_add(&total, sum);
  free(buffer);
  return unused;
}

int main(int arguments, char **values) {
  int threads = arguments == 3 ? atoi(values[2]) : 1;
  if (arguments < 2 || arguments > 3 || threads < 1 || threads > 64 || chdir(values[1]) != 0) return 64;
  size_t length = 0, capacity = 0, begin = 0, room = 0;
  for (int byte; (byte = getchar_unlocked()) != EOF;) {
    if (length == capacity && !(names = realloc(names, capacity = capacity * 2 + 4096))) return 1;
    names[length++] = (char)byte;
    if (byte != 0) continue;
    if (length - begin > 1 && names[length - 2] != '/') {
      if (count == room && !(starts = realloc(starts, (room = room * 2 + 1024) * sizeof *starts))) return 1;
      starts[count++] = begin;
    }
    begin = length;
  }
  pthread_t others[64];
  for (int index = 1; index < threads; index++) {
    if (pthread_create(&others[index], NULL, work, NULL) != 0) return 1;
  }
  work(NULL);
  for (int index = 1; index < threads; index++) pthread_join(others[index], NULL);
  printf("%zu\n", (size_t)total);
  return 0;
}

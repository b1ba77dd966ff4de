// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// The floor under everything that reads a tree: opens, reads and closes the files named on standard input,
// each name ended by a NUL, one after the other. Names that end with a slash are folders and passed over.

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(int count, char **arguments) {
  static char path[1 << 16], buffer[1 << 18];
  size_t length = 0, total = 0;
  if (count != 2 || chdir(arguments[1]) != 0) return 64;
  for (int byte; (byte = getchar_unlocked()) != EOF;) {
    if (length == sizeof path) return 1;
    path[length++] = (char)byte;
    if (byte != 0) continue;
    if (length > 1 && path[length - 2] != '/') {
      int file = open(path, O_RDONLY | O_CLOEXEC);
      if (file < 0) return 1;
      for (ssize_t got; (got = read(file, buffer, sizeof buffer)) > 0;) total += (size_t)got;
      close(file);
    }
    length = 0;
  }
  printf("%zu\n", total);
  return 0;
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors
//
// The relative relocations of a release are packed (DT_RELR of the ELF gABI), which makes the program two megabytes
// smaller. glibc applies them since 2.36, and refuses a program that has them without a symbol version that older ones
// do not know. Under the tags of Android no glibc looks at them: the program applies them itself, before anything of it
// runs, with any glibc alike. It is linked with --wrap=__libc_start_main.

#define _GNU_SOURCE
#include <link.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#define HIDDEN __attribute__((visibility("hidden")))

enum { ANDROID_RELR = 0x6fffe000, ANDROID_RELRSZ = 0x6fffe001 };
// MADV_POPULATE_WRITE, since Linux 5.14.
enum { POPULATE_WRITE = 23 };

// Nothing is found by way of a word that is relocated itself: hidden symbols are found from where the code is.
HIDDEN extern const ElfW(Ehdr) __ehdr_start;
HIDDEN extern ElfW(Dyn) _DYNAMIC[];

typedef int Main(int argc, char **argv, char **environment);
typedef void Hook(void);
int real_start(Main *, int, char **, Hook *, Hook *, Hook *, void *) __asm__("__real___libc_start_main");

// Needs a relocation, and so tells whether they are applied.
static const void *const volatile itself = (const void *)&itself;

// An even entry is the address of a word; an odd one has a bit for each of the words that follow.
static void apply(uintptr_t base, const uintptr_t *entry, size_t count) {
  uintptr_t *word = NULL;
  for (size_t i = 0; i < count; i++) {
    uintptr_t bits = entry[i];
    if ((bits & 1) == 0) {
      word = (uintptr_t *)(base + bits);
      *word++ += base;
    } else {
      for (bits >>= 1; bits != 0; bits &= bits - 1) word[__builtin_ctzll(bits)] += base;
      word += 8 * sizeof(uintptr_t) - 1;
    }
  }
}

static void protect(uintptr_t low, uintptr_t high, int protection) {
  if (low == high || mprotect((void *)low, high - low, protection) == 0) return;
  static const char message[] = "error: the program cannot be started: its memory cannot be protected (mprotect)\n";
  (void)!write(STDERR_FILENO, message, sizeof message - 1);
  _exit(71);
}

static void relocate(void) {
  const uintptr_t base = (uintptr_t)&__ehdr_start;
  uintptr_t table = 0, size = 0;
  for (const ElfW(Dyn) *entry = _DYNAMIC; entry->d_tag != DT_NULL; entry++) {
    if (entry->d_tag == ANDROID_RELR) table = base + entry->d_un.d_ptr;
    if (entry->d_tag == ANDROID_RELRSZ) size = entry->d_un.d_val;
  }
  // What the loader has made read-only already.
  const ElfW(Phdr) *headers = (const ElfW(Phdr) *)(base + __ehdr_start.e_phoff);
  const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  uintptr_t low = 0, high = 0;
  for (int i = 0; i < __ehdr_start.e_phnum; i++) {
    if (headers[i].p_type != PT_GNU_RELRO) continue;
    low = (base + headers[i].p_vaddr) & -page;
    high = (base + headers[i].p_vaddr + headers[i].p_memsz) & -page;
  }
  protect(low, high, PROT_READ | PROT_WRITE);
  // Nearly all of its pages are written: one call for them costs less than a fault for each.
  madvise((void *)low, high - low, POPULATE_WRITE);
  apply(base, (const uintptr_t *)table, size / sizeof(uintptr_t));
  protect(low, high, PROT_READ);
}

HIDDEN int start(Main *, int, char **, Hook *, Hook *, Hook *, void *) __asm__("__wrap___libc_start_main");
int start(Main *main, int argc, char **argv, Hook *init, Hook *fini, Hook *loader, void *stack) {
  if (itself != (const void *)&itself) relocate();
  return real_start(main, argc, argv, init, fini, loader, stack);
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors
//
// What a release needs of glibc and an older one does not have in the same form. A program that is linked on a new
// system asks for the newest version of each symbol; linked with this, it runs with glibc 2.34.

#define _GNU_SOURCE
#include <link.h>
#include <stddef.h>
#include <stdint.h>

#define HIDDEN __attribute__((visibility("hidden")))

// hypot has had a version of its own since 2.35: the newer one sets no errno.
#if defined(__x86_64__)
#define FIRST_VERSION "GLIBC_2.2.5"
#elif defined(__aarch64__)
#define FIRST_VERSION "GLIBC_2.17"
#endif
double first_hypot(double x, double y);
float first_hypotf(float x, float y);
__asm__(".symver first_hypot, hypot@" FIRST_VERSION);
__asm__(".symver first_hypotf, hypotf@" FIRST_VERSION);
HIDDEN double hypot(double x, double y) { return first_hypot(x, y); }
HIDDEN float hypotf(float x, float y) { return first_hypotf(x, y); }

// libgcc's unwinder asks the loader for the object that a program counter lies in: _dl_find_object, since 2.35. Older
// loaders can be asked for all objects. The layout is that of <dlfcn.h> of glibc 2.35.
struct found_object {
  unsigned long long flags;
  void *map_start;
  void *map_end;
  struct link_map *link_map;
  void *eh_frame;
  unsigned long long reserved[7];
};

struct search {
  uintptr_t address;
  struct found_object *found;
};

static int look_into(struct dl_phdr_info *object, size_t size, void *context) {
  (void)size;
  struct search *search = context;
  uintptr_t low = UINTPTR_MAX, high = 0, frames = 0;
  int is_inside = 0;
  for (int i = 0; i < object->dlpi_phnum; i++) {
    const ElfW(Phdr) *header = &object->dlpi_phdr[i];
    uintptr_t start = object->dlpi_addr + header->p_vaddr;
    if (header->p_type == PT_LOAD) {
      if (start < low) low = start;
      if (start + header->p_memsz > high) high = start + header->p_memsz;
      if (search->address >= start && search->address - start < header->p_memsz) is_inside = 1;
    } else if (header->p_type == PT_GNU_EH_FRAME) {
      frames = start;
    }
  }
  if (!is_inside || frames == 0) return 0;
  search->found->flags = 0;
  search->found->map_start = (void *)low;
  search->found->map_end = (void *)high;
  search->found->link_map = NULL;
  search->found->eh_frame = (void *)frames;
  return 1;
}

// A new <dlfcn.h> declares it with a type of its own.
HIDDEN int find_object(void *address, struct found_object *found) __asm__("_dl_find_object");
int find_object(void *address, struct found_object *found) {
  struct search search = {(uintptr_t)address, found};
  return dl_iterate_phdr(look_into, &search) == 1 ? 0 : -1;
}

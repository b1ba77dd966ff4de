// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

#include "CSwiftRuntime.h"

#if defined(__ELF__)

// The linker's names for the bounds of the section; null where there is none.
extern const char __start_late_conformances[] __attribute__((weak, visibility("hidden")));
extern const char __stop_late_conformances[] __attribute__((weak, visibility("hidden")));

// Of the runtime's interface, for images that register what they hold themselves.
void swift_registerProtocolConformances(const void *begin, const void *end);

void actorpush_register_late_conformances(void) {
  if (__start_late_conformances != __stop_late_conformances)
    swift_registerProtocolConformances(__start_late_conformances, __stop_late_conformances);
}

#else

void actorpush_register_late_conformances(void) {}

#endif

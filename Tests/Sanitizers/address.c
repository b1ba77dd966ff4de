// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// What the address sanitizer does in programs that are linked with this file (scripts/test --sanitize=address): many are
// started by tests with an environment of their own, so that ASAN_OPTIONS does not reach them.

const char *__asan_default_options(void);

const char *__asan_default_options(void) {
  // Swift, and swift-nio's threads that never end, free nothing at the end of a program.
  return "detect_leaks=0";
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Tells the thread sanitizer about Swift's Mutex.
//
// On Linux a Mutex is a futex. What takes it at once is compiled into its user, where the sanitizer sees it; what waits
// for it, and what wakes those who wait, is inside of libswiftSynchronization, where it looks at nothing: each state that
// two threads want at the same time would be reported as a race. The functions here have the names of the three of that
// library and stand before them where a program is linked with this file (scripts/test --sanitize=thread). They call
// them, and say what that orders.

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *self

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY_LOCK "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

// Of <sanitizer/tsan_interface.h>, which a toolchain need not have.
void __tsan_acquire(void *address);
void __tsan_release(void *address);

SWIFT void actorpush_lock(uint32_t thread, SELF) __asm__(LOCK);
SWIFT bool actorpush_try_lock(SELF) __asm__(TRY_LOCK);
SWIFT void actorpush_unlock(SELF) __asm__(UNLOCK);

static void *next(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (found == NULL) abort();
  return found;
}

SWIFT void actorpush_lock(uint32_t thread, SELF) {
  SWIFT void (*real)(uint32_t, SELF) = next(LOCK);
  real(thread, self);
  __tsan_acquire(self);
}

SWIFT bool actorpush_try_lock(SELF) {
  SWIFT bool (*real)(SELF) = next(TRY_LOCK);
  bool is_taken = real(self);
  if (is_taken) __tsan_acquire(self);
  return is_taken;
}

SWIFT void actorpush_unlock(SELF) {
  SWIFT void (*real)(SELF) = next(UNLOCK);
  __tsan_release(self);
  real(self);
}

const char *__tsan_default_suppressions(void);

const char *__tsan_default_suppressions(void) {
  // A continuation that is resumed before it is awaited hands over by an atomic inside of libswift_Concurrency, where the
  // sanitizer looks at nothing. Only what CheckedContinuation.resume itself reads is left out. The one empty array of
  // all arrays has its count of 0 written again by those who initialize an array with nothing. The event loop makes a
  // buffer larger that it alone has: that the last other user has let go is known by a count inside of libswiftCore.
  return "race_top:sScc6resume\n"
         "race:_swiftEmptyArrayStorage\n"
         "race_top:7NIOCore10ByteBufferV8_StorageC07reallocD0\n";
}

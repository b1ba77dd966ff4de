// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CPOSIX

/// The C library's memory.
package enum Allocator {
  /// Lets the heap grow in steps of some MiB. By itself glibc asks the system for 128 KiB at a time, which a walk that keeps a
  /// hundred thousand names feels. To be called before there are threads.
  package static func growInLargeSteps() { actorpush_grow_heap_in_large_steps() }
}

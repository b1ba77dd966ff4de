// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Every import of the C library stands here; who uses this module has it too.

#if canImport(Darwin)
  @_exported public import Darwin
#elseif canImport(Musl)
  @_exported public import Musl
#else
  @_exported public import Glibc
#endif

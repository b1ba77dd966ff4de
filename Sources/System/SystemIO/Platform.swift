// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// POSIX calls with owners and errors, and the few ways in which bytes are shown as text.
//
// A `Descriptor` closes what it opened; `OutputFile`, `SharedFile` and the locks are built on it. `Paths`
// names files by bytes, `DirectoryScanner` lists them, `ReadBuffer` and `WriteBuffer` hold their contents. A
// call that fails throws `SystemError`, which holds errno and no path: the caller knows whose file it was.
// `Threads`, `Monitor` and `DetachedProcess` run work that blocks; `Text/` has hexadecimal digits,
// percent-encoding and terminal escapes.
//
// This file alone imports the C library, for the users of this module as well.

internal import CSystemIO

#if canImport(Darwin)
  @_exported public import Darwin
#else
  @_exported public import Glibc
#endif

// The C functions that a method of the same name hides.

/// Calls open(2).
func systemOpen(_ path: borrowing CString, _ flags: Int32, _ mode: UInt32) -> Int32 {
  // SAFETY: CString's memory ends with a NUL and lives as long as the borrow.
  unsafe open(path.pointer, flags, mode_t(mode))
}

/// Calls read(2).
func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  // SAFETY: the system writes at most the buffer's size.
  unsafe actorpush_read(descriptor, buffer.baseAddress, buffer.count)
}

/// Calls write(2).
func systemWrite(_ descriptor: Int32, _ bytes: RawSpan) -> Int {
  // SAFETY: the system reads at most what the span holds.
  unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
}

/// Calls rename(2).
func systemRename(_ old: borrowing CString, _ new: borrowing CString) -> Int32 {
  // SAFETY: both end with a NUL and live as long as the borrow.
  unsafe rename(old.pointer, new.pointer)
}

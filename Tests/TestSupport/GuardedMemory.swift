// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Memory with a page before it and a page behind it that cannot be touched: a read or write past either end
/// of it ends the test run there and then.
@safe
package struct GuardedMemory: ~Copyable {
  /// The memory between them.
  package let bytes: UnsafeMutableRawBufferPointer
  private let mapping: UnsafeMutableRawBufferPointer

  /// At least `count` bytes, in whole pages.
  package init(atLeast count: Int) {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let inside = max(1, (count + page - 1) / page) * page
    guard
      let start = unsafe mmap(
        nil, inside + 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      unsafe start != MAP_FAILED,
      unsafe mprotect(start, page, PROT_NONE) == 0,
      unsafe mprotect(start + page + inside, page, PROT_NONE) == 0
    else { fatalError("cannot map a guard page") }
    unsafe mapping = UnsafeMutableRawBufferPointer(start: start, count: inside + 2 * page)
    unsafe bytes = UnsafeMutableRawBufferPointer(start: start + page, count: inside)
  }

  deinit { _ = unsafe munmap(mapping.baseAddress, mapping.count) }

  /// The last `count` bytes: the guard page is directly behind them.
  package func suffix(_ count: Int) -> UnsafeMutableRawBufferPointer {
    unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[(bytes.count - count)...])
  }

  /// `count` bytes from `offset` on; at 0 the guard page is directly before them.
  package func slice(at offset: Int, _ count: Int) -> UnsafeMutableRawBufferPointer {
    unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[offset..<offset + count])
  }
}

extension UnsafeMutableRawBufferPointer {
  /// Byte for byte, without the cost of a generic sequence in a debug build.
  package func isSame(as other: UnsafeMutableRawBufferPointer) -> Bool {
    guard count == other.count else { return false }
    guard let here = baseAddress, let there = other.baseAddress else { return count == 0 }
    return unsafe memcmp(here, there, count) == 0
  }

  /// Byte for byte.
  package func isSame(as other: [UInt8]) -> Bool {
    unsafe other.withUnsafeBytes { other in
      guard count == other.count else { return false }
      guard count > 0, let here = baseAddress, let there = other.baseAddress else { return true }
      return unsafe memcmp(here, there, count) == 0
    }
  }
}

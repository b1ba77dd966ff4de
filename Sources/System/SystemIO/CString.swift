// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A path for the system: bytes that end with a NUL, and hold no other.
@safe package struct CString: ~Copyable {
  /// The first byte.
  package let pointer: UnsafePointer<CChar>
  private let owned: Bool

  /// A copy of `bytes`, which end at their first NUL.
  package init(_ bytes: ArraySlice<UInt8>) {
    // SAFETY: one byte more than there are, all of them written here; freed once, by deinit.
    let memory = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
    unsafe bytes.withUnsafeBytes { source in
      unsafe UnsafeMutableRawBufferPointer(start: memory, count: source.count).copyMemory(from: source)
    }
    unsafe memory[bytes.count] = 0
    unsafe pointer = unsafe UnsafePointer(memory)
    owned = true
  }

  /// A copy of `bytes`, which end at their first NUL.
  package init(_ bytes: [UInt8]) { self.init(bytes[...]) }

  /// A copy of `text` in UTF-8, which ends at its first NUL.
  package init(_ text: String) { self.init(Array(text.utf8)) }

  /// The bytes at `pointer`, which the caller keeps alive and ended by a NUL as long as this lives.
  init(borrowing pointer: UnsafePointer<CChar>) {
    unsafe self.pointer = pointer
    owned = false
  }

  deinit {
    // SAFETY: allocated by init, never given away.
    if owned { unsafe pointer.deallocate() }
  }
}

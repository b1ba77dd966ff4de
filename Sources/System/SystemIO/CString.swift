// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A path or name as the system takes it: bytes ended by a NUL.
@safe package struct CString: ~Copyable {
  package let pointer: UnsafePointer<CChar>
  private let isOwned: Bool

  /// Copies `bytes`, which end at their first NUL.
  package init(_ bytes: borrowing Span<UInt8>) {
    // SAFETY: one byte more than there are, all of them written here; freed once, by deinit.
    let memory = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
    unsafe bytes.withUnsafeBytes { source in
      unsafe UnsafeMutableRawBufferPointer(start: memory, count: source.count).copyMemory(from: source)
    }
    unsafe memory[bytes.count] = 0
    unsafe pointer = unsafe UnsafePointer(memory)
    isOwned = true
  }

  /// Copies `bytes`, which end at their first NUL.
  package init(_ bytes: ArraySlice<UInt8>) { self.init(bytes.span) }

  /// Copies `bytes`, which end at their first NUL.
  package init(_ bytes: [UInt8]) { self.init(bytes[...]) }

  /// Copies `text` in UTF-8, which ends at its first NUL.
  package init(_ text: String) { self.init(Array(text.utf8)) }

  /// Borrows the bytes at `pointer`: the caller keeps them alive and ended by a NUL as long as this value
  /// lives.
  init(borrowing pointer: UnsafePointer<CChar>) {
    unsafe self.pointer = pointer
    isOwned = false
  }

  deinit {
    // SAFETY: allocated by init, never given away.
    if isOwned { unsafe pointer.deallocate() }
  }
}

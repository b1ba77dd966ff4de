// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import SystemIO

extension ObjectReader {
  /// What the "type size NUL" before an object has at the most.
  private static let headerLimit = 32

  /// Reads the loose object whose file has the contents `file`, and returns its kind; nil where git must be
  /// asked for it.
  mutating func readLoose(_ file: Span<UInt8>) -> ObjectKind? {
    inflater.reset()
    var beginning = WriteBuffer(capacity: Self.headerLimit)
    // SAFETY: bytes have no padding.
    let input = unsafe file.bytes
    let (first, taken) = beginning.append(capacity: Self.headerLimit) { inflater.decode(input, into: &$0) }
    guard first == .ended || first == .outputIsFull, let header = Self.header(beginning.span) else {
      return nil
    }
    object.truncate(to: 0)
    object.append(beginning.bytes.extracting(header.end..<beginning.count))
    guard object.count <= header.byteCount else { return nil }
    if first == .ended {
      return taken == input.byteCount && object.count == header.byteCount ? header.kind : nil
    }
    let rest = input.extracting(taken..<input.byteCount)
    // A byte more, which stays free: the stream must end where it is said to.
    let (progress, restTaken) = object.append(capacity: header.byteCount + 1 - object.count) {
      inflater.decode(rest, into: &$0)
    }
    return progress == .ended && restTaken == rest.byteCount && object.count == header.byteCount
      ? header.kind : nil
  }

  /// The kind and size that `bytes` begin with, and where they end.
  private static func header(_ bytes: Span<UInt8>) -> (kind: ObjectKind, byteCount: Int, end: Int)? {
    let names: [(StaticString, ObjectKind)] = [
      ("blob ", .blob), ("tree ", .tree), ("commit ", .commit), ("tag ", .tag),
    ]
    guard let (name, kind) = names.first(where: { begins(bytes, with: $0.0) }) else { return nil }
    var index = name.utf8CodeUnitCount
    let start = index
    var size = 0
    while index < bytes.count, bytes[index] != 0 {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) else { return nil }
      size = size * 10 + Int(bytes[index] - UInt8(ascii: "0"))
      guard size <= ObjectStore.objectLimit else { return nil }
      index += 1
    }
    // No size is empty, or begins with a zero that is not all of it.
    guard index < bytes.count, index > start, bytes[start] != UInt8(ascii: "0") || index == start + 1 else {
      return nil
    }
    return (kind, size, index + 1)
  }

  private static func begins(_ bytes: Span<UInt8>, with text: StaticString) -> Bool {
    guard bytes.count >= text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount {
      // SAFETY: the index is below the text's length.
      if unsafe bytes[index] != text.utf8Start[index] { return false }
    }
    return true
  }
}

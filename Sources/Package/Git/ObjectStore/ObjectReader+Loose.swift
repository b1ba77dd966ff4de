// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import SystemIO

extension ObjectReader {
  /// Reads the loose object `id`, and returns its kind; nil where git must be asked for it.
  mutating func readLoose(_ id: ObjectID) -> ObjectKind? {
    looseFile.read(id, of: store, to: &object)
  }
}

/// Reads loose objects: a zlib stream of "type size NUL" and the bytes (gitrepository-layout(5)).
struct LooseObject: ~Copyable {
  /// What stands before the bytes.
  private struct Header {
    let kind: ObjectKind
    let byteCount: Int
    /// Where the bytes begin.
    let end: Int
  }

  /// What the "type size NUL" before an object has at the most.
  private static let headerLimit = 32

  /// Made when the first one is read.
  private var inflater: Inflater?
  private var input = ReadBuffer(capacity: 1 << 16)
  private var decoded = WriteBuffer(capacity: 1 << 14)
  private var path: [UInt8] = []

  /// Replaces the contents of `object` by the object `id`, and returns its kind; nil where git must be asked
  /// for it.
  mutating func read(
    _ id: ObjectID, of store: ObjectStore, to object: inout WriteBuffer
  ) -> ObjectKind? {
    path.removeAll(keepingCapacity: true)
    path += store.directory
    path.append(UInt8(ascii: "/"))
    let start = path.count
    id.appendDigits(to: &path)
    path.insert(UInt8(ascii: "/"), at: start + 2)
    guard let file = try? Descriptor.open(CString(path), as: .file), let status = try? file.status(),
      status.isRegular, status.byteCount <= ObjectStore.objectLimit
    else { return nil }
    if inflater == nil { inflater = try? Inflater(.zlib) }
    guard var decoder = inflater.take() else { return nil }
    let header = Self.decode(file, status.byteCount, &input, &decoder, to: &decoded)
    inflater = consume decoder
    guard let header else { return nil }
    object.truncate(to: 0)
    object.append(decoded.bytes.extracting(header.end..<decoded.count))
    return header.kind
  }

  /// Replaces the contents of `output` by what the `byteCount` bytes of `file` hold, which is just what their
  /// beginning announces, and returns that; nil otherwise.
  private static func decode(
    _ file: borrowing Descriptor, _ byteCount: Int, _ input: inout ReadBuffer, _ inflater: inout Inflater,
    to output: inout WriteBuffer
  ) -> Header? {
    inflater.reset()
    output.truncate(to: 0)
    var header: Header?
    var offset = 0
    while offset < byteCount {
      do throws(SystemError) { try input.fill(from: file, at: offset, limit: byteCount - offset) } catch {
        return nil
      }
      if input.count == 0 { return nil }
      offset += input.count
      var start = 0
      var progress = Inflater.Progress.needsInput
      repeat {
        // The stream must end where it is said to: what is behind that stays free.
        let capacity =
          header.map { $0.end + $0.byteCount + Inflater.slack - output.count } ?? (headerLimit - output.count)
        let rest = input.bytes.extracting(start..<input.count)
        let (now, taken) = output.append(capacity: capacity) { inflater.decode(rest, into: &$0) }
        (progress, start) = (now, start + taken)
        if progress == .corrupt || progress == .outputIsFull && header != nil { return nil }
        if progress != .needsInput, header == nil {
          header = Self.header(output.span)
          if header == nil { return nil }
        }
      } while progress == .outputIsFull
      if progress == .ended {
        guard let header, start == input.count, offset == byteCount,
          output.count == header.end + header.byteCount
        else { return nil }
        return header
      }
    }
    return nil
  }

  /// The header that `bytes` begin with; nil where it is none.
  private static func header(_ bytes: Span<UInt8>) -> Header? {
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
    return Header(kind: kind, byteCount: size, end: index + 1)
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

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import NIOCore
internal import PlatformModel
internal import Synchronization
package import SystemIO

/// The contents of records, which can be gigabytes: in files of the data directory or without names, never in
/// memory.
package final class RecordContents: Sendable {
  private let directory: String?
  /// The files without names.
  private let unnamed = Mutex<[String: SharedFile]>([:])

  /// Contents in `directory`; nil for files that are gone when the emulator ends.
  init(directory: String?) { self.directory = directory }

  /// Writes what `body` gives, decompressed, and returns its name and its length in bytes. Where that fails,
  /// nothing is left.
  func keep<Body: AsyncSequence>(
    _ body: Body, encoding: ContentEncoding, onChunk: (Int) -> Void
  ) async throws -> (name: String, byteCount: Int) where Body.Element == ByteBuffer {
    let name = Identifier.make()
    guard let directory else {
      let file = try SharedFile.unnamed(in: Self.temporaryDirectories)
      let count = try await Self.write(body, encoding, to: file.descriptor.rawValue, onChunk)
      unnamed.withLock { $0[name] = file }
      return (name, count)
    }
    let file = try OutputFile.open(Array("\(directory)/\(name)".utf8), mode: 0o600)
    let count = try await Self.write(body, encoding, to: file.descriptor.rawValue, onChunk)
    try file.commit()
    return (name, count)
  }

  /// Opens the contents called `name`.
  package func file(_ name: String) throws -> SharedFile {
    if let directory { return try SharedFile.reading(Array("\(directory)/\(name)".utf8)) }
    guard let file = unnamed.withLock({ $0[name] }) else { throw PlatformError.notFound("Record") }
    return file
  }

  /// Removes the contents called `name`.
  func remove(_ name: String) {
    unnamed.withLock { _ = $0.removeValue(forKey: name) }
    if let directory { try? Paths.remove(Array("\(directory)/\(name)".utf8)) }
  }

  /// Removes contents without a record, which an emulator that was killed may have left. Files of other
  /// programs stay.
  func removeAll(except names: Set<String>) {
    guard let directory, let found = try? FileManager.default.contentsOfDirectory(atPath: directory) else {
      return
    }
    for name in found where !names.contains(name) && Identifier.isValid(String(name.prefix { $0 != "." })) {
      try? Paths.remove(Array("\(directory)/\(name)".utf8))
    }
  }

  /// Where large files can lie: disks first, before what may be memory.
  private static var temporaryDirectories: [[UInt8]] {
    ["/var/tmp", FileManager.default.temporaryDirectory.path].map { Array($0.utf8) }
  }

  private static func write<Body: AsyncSequence>(
    _ body: Body, _ encoding: ContentEncoding, to number: Int32, _ onChunk: (Int) -> Void
  ) async throws -> Int where Body.Element == ByteBuffer {
    var decoder = ContentDecoder(encoding)
    var count = 0
    for try await chunk in body {
      onChunk(chunk.readableBytes)
      try decoder.write(chunk.readableBytesSpan) { part in
        try Descriptor.write(part, to: number)
        count += part.byteCount
      }
    }
    try decoder.finish()
    return count
  }
}

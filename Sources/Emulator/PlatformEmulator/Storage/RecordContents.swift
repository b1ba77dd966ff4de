// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import NIOCore
internal import Synchronization
internal import SystemIO

/// The contents of records, which can be gigabytes: in files, of the data directory or without names, never in memory.
final class RecordContents: Sendable {
  private let folder: String?
  /// The files without names.
  private let unnamed = Mutex<[String: SharedFile]>([:])

  /// Contents in `folder`; nil for files that are gone when the emulator ends.
  init(folder: String?) { self.folder = folder }

  /// Keeps what `body` gives, decompressed. Returns what it is called, and how many bytes it has. Where that fails, nothing is left.
  func keep<Body: AsyncSequence>(
    _ body: Body, encoding: ContentEncoding, onChunk: (Int) -> Void
  ) async throws -> (name: String, byteCount: Int) where Body.Element == ByteBuffer {
    let name = Identifier.make()
    guard let folder else {
      let file = try SharedFile.unnamed(in: Self.temporaryFolders)
      let count = try await Self.write(body, encoding, to: file.descriptor.rawValue, onChunk)
      unnamed.withLock { $0[name] = file }
      return (name, count)
    }
    let file = try OutputFile.open(Array("\(folder)/\(name)".utf8), mode: 0o600)
    let count = try await Self.write(body, encoding, to: file.descriptor.rawValue, onChunk)
    try file.commit()
    return (name, count)
  }

  /// The file that is called `name`.
  func file(_ name: String) throws -> SharedFile {
    if let folder { return try SharedFile.reading(Array("\(folder)/\(name)".utf8)) }
    guard let file = unnamed.withLock({ $0[name] }) else { throw PlatformError.notFound("Record") }
    return file
  }

  /// Forgets what is called `name`.
  func remove(_ name: String) {
    unnamed.withLock { _ = $0.removeValue(forKey: name) }
    if let folder { OpenFile.remove("\(folder)/\(name)") }
  }

  /// Forgets what no record has: an emulator that was ended by force may have left it. Files that are not its own stay.
  func removeAll(except names: Set<String>) {
    guard let folder, let found = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return }
    for name in found where !names.contains(name) && Identifier.isValid(String(name.prefix { $0 != "." })) {
      OpenFile.remove("\(folder)/\(name)")
    }
  }

  /// Where there is room for large files, rather than memory that looks like a disk.
  private static var temporaryFolders: [[UInt8]] {
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

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
package import SourcePackage
internal import SystemIO
internal import Zip

/// What a version on the platform holds, with the contents of its files.
package struct RemoteContents: Sendable {
  private enum Source: Sendable {
    case files([[UInt8]: SourceFile])
    case zip(ZipArchive, [[UInt8]: ZipEntry])
  }

  private let source: Source
  /// What there is.
  package let manifest: Manifest
  /// Gives the end of the zip from its directory on, which has a checksum of each file, and at least as much
  /// as is looked at of any; nil where it is no zip.
  let end: (@Sendable () throws(SystemError) -> RecordTail)?

  /// The contents of the file `name`; nil where there is none, or where it is longer than `limit`.
  package func bytes(of name: [UInt8], limit: Int) throws(DeployError) -> [UInt8]? {
    switch source {
    case .files(let files): return files[name]?.bytes.flatMap { $0.count <= limit ? $0 : nil }
    case .zip(let archive, let entries):
      guard let entry = entries[name] else { return nil }
      do { return try archive.bytes(of: entry, limit: limit) } catch { throw Self.failure(error) }
    }
  }

  /// Gives the contents of the file `name` in parts. Before this has returned without an error, they cannot
  /// be trusted.
  ///
  /// - Throws: also what `emit` throws: a `SystemError`, or a `DeployError`.
  package func contents(of name: [UInt8], _ emit: (RawSpan) throws -> Void) throws(DeployError) {
    do {
      switch source {
      case .files(let files):
        guard let bytes = files[name]?.bytes else { return }
        // SAFETY: bytes have no padding; the array lives as long as the call.
        try emit(unsafe bytes.span.bytes)
      case .zip(let archive, let entries):
        guard let entry = entries[name] else { return }
        try archive.contents(of: entry, emit)
      }
    } catch let error as DeployError {
      throw error
    } catch {
      throw Self.failure(error)
    }
  }

  init(_ files: [SourceFile]) throws(DeployError) {
    guard let manifest = Manifest(files) else {
      throw .unreadableVersion(
        "its files are malformed: a duplicate name, or invalid base64")
    }
    self.manifest = manifest
    end = nil
    source = .files(Dictionary(files.map { (Array($0.name.utf8), $0) }) { first, _ in first })
  }

  /// Fetches a zip into a temporary file. A zip without a manifest is read through, for its digests.
  ///
  /// - Parameter check: judges the zip before any of its contents is read.
  init(
    zip record: RecordAddress, manifest known: Manifest?, platform: any Platform, spoolDirectories: [[UInt8]],
    check: @Sendable (ZipArchive) throws -> Void = { _ in }
  ) async throws(DeployError) {
    let file: SharedFile
    do throws(SystemError) { file = try SharedFile.unnamed(in: spoolDirectories) } catch {
      throw .spool(error)
    }
    let fetched = try await platform.ask {
      try await platform.readRecord(store: record.store, key: record.key) {
        try file.descriptor.removeContents()
      } onBytes: { bytes in
        try Descriptor.write(bytes, to: file.descriptor.rawValue)
      }
    }
    guard let byteCount = fetched else { throw .unreadableVersion("its zip is gone") }
    do {
      let archive = try ZipArchive(byteCount: byteCount) { offset, count in
        try file.descriptor.bytes(at: offset, count: count)
      }
      try check(archive)
      source = .zip(archive, Dictionary(archive.entries.map { ($0.name, $0) }) { first, _ in first })
      manifest = try known ?? Self.manifest(of: archive)
      let start = min(archive.directoryOffset, max(0, byteCount - ManifestRecord.tailBytes))
      end = { () throws(SystemError) in
        RecordTail(
          recordLength: byteCount, bytes: try file.descriptor.bytes(at: start, count: byteCount - start))
      }
    } catch {
      throw Self.failure(error)
    }
  }

  /// How many bytes the names of directories may have together that have no entry of their own: some of a
  /// few bytes stand for thousands.
  private static let nameLimit = 32 << 20

  /// What the zip holds. A directory that has no entry of its own is there by what lies in it.
  private static func manifest(of archive: ZipArchive) throws -> Manifest {
    var builder = Manifest.Builder()
    var known = Set(archive.entries.lazy.map(\.name))
    var byteCount = 0
    for entry in archive.entries where !Provenance.isFile(entry.name) {
      for (index, byte) in entry.name.enumerated() where byte == UInt8(ascii: "/") {
        let above = Array(entry.name[..<index])
        guard known.insert(above).inserted else { continue }
        byteCount += above.count
        if byteCount > nameLimit {
          throw DeployError.unreadableVersion("its directories have too long names")
        }
        builder.add(folder: above)
      }
    }
    for entry in archive.entries where !Provenance.isFile(entry.name) {
      if entry.isFolder {
        builder.add(folder: entry.name)
      } else {
        try builder.add(file: entry.name, byteCount: entry.byteCount, isExecutable: entry.isExecutable) {
          emit in
          try archive.contents(of: entry, emit)
        }
      }
    }
    return try builder.finish()
  }

  private static func failure(_ error: any Error) -> DeployError {
    switch error {
    case let error as DeployError: error
    case let error as SystemError: .spool(error)
    case let error as ZipReaderError: .unreadableVersion("its zip cannot be read: \(error)")
    default: .unreadableVersion("its zip cannot be read: a name is there twice")
    }
  }
}

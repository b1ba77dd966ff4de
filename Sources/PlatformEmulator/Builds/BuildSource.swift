// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import POSIX
internal import ZipReader

/// Gets what a build is made of, as a builder does: inline files from the version, a zip by its address, without a token.
struct BuildSource: Sendable {
  /// Why it can't be had.
  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  let store: PlatformStore
  let contents: RecordContents

  /// A line of the log about it.
  ///
  /// - Throws: what a builder would stumble over.
  func describe(_ version: VersionRecord) async throws -> String {
    switch version.source {
    case .files(let files):
      let count = files.count { if case .file = $0.kind { true } else { false } }
      if count == 0 { throw Problem(description: "There are no source files.") }
      return "ACTOR: Source: \(count) files."
    case .tarball(let address):
      let archive = try archive(at: address)
      do { try archive.validate() } catch {
        throw Problem(description: "The source zip can't be unpacked: \(error)")
      }
      return "ACTOR: Source: a zip with \(archive.entries.count) members."
    case .gitRepository(let address): return "ACTOR: Source: \(address) (not fetched by the emulator)."
    case .gist(let address): return "ACTOR: Source: \(address) (not fetched by the emulator)."
    }
  }

  /// The zip at an address of a version.
  ///
  /// - Throws: why it can't be had.
  func archive(at address: String) throws -> ZipArchive {
    // Nothing is fetched from elsewhere: the emulator has no network.
    guard let url = URL(string: address),
      ["127.0.0.1", "localhost"].contains(url.host(percentEncoded: false) ?? "")
    else {
      throw Problem(description: "The source zip can't be fetched: the emulator reaches its own stores only.")
    }
    let parts = url.path(percentEncoded: false).split(separator: "/")
    guard parts.count == 5, parts[0] == "v2", parts[1] == "key-value-stores", parts[3] == "records" else {
      throw Problem(description: "The source zip can't be fetched: 404.")
    }
    let query = (url.query(percentEncoded: false) ?? "").split(separator: "&")
    let signature = query.first { $0.hasPrefix("signature=") }?.dropFirst("signature=".count)
    let record: StoreRecord.Record
    do {
      record = try store.read { state throws(PlatformError) in
        try state.record(
          String(parts[4]), of: String(parts[2]), token: nil, signature: signature.map { String($0) })
      }
    } catch {
      throw Problem(description: "The source zip can't be fetched: \(error.status) \(error.type).")
    }
    let file = try contents.file(record.contents)
    do {
      return try ZipArchive(byteCount: record.byteCount) { offset, count in
        try file.descriptor.bytes(at: offset, count: count)
      }
    } catch {
      throw Problem(description: "The source zip can't be unpacked: \(error)")
    }
  }
}

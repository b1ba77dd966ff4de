// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO
internal import Zip

/// Gets what a build is made of, as a builder does: inline files from the version, a zip by its address, without a token.
struct BuildSource: Sendable {
  /// What a builder stumbles over.
  struct Problem: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
  }

  /// What all members of a zip may have together, in bytes: the emulator's own bound, so that a build ends.
  private static let unpackedLimit = 64 << 30
  private static let dockerfiles = ["Dockerfile", ".actor/Dockerfile"]

  let store: PlatformStore
  let contents: RecordContents
  let address: ListeningAddress

  /// Reads the source through; the lines of the log about it. May take a while.
  func lines(about version: VersionRecord) throws(Problem) -> [String] {
    switch version.source {
    case .files(let files):
      let names = files.compactMap { if case .file = $0.kind { $0.name } else { nil } }
      if names.isEmpty { throw Problem("There are no source files.") }
      return ["ACTOR: Found \(names.count) source files."]
        + Self.lines(hasDockerfile: {
          names.contains($0)
        })
    case .tarball(let url):
      let archive = try archive(at: url)
      let totals: ZipTotals
      do { totals = try archive.validate(limit: Self.unpackedLimit) } catch {
        throw Problem("The source zip can't be unpacked: \(error)")
      }
      if totals.files == 0 { throw Problem("There are no files in the source zip.") }
      return [
        "ACTOR: Downloaded the source zip of \(archive.byteCount) bytes.",
        "ACTOR: Unpacked \(totals.files) files of \(totals.bytes) bytes.",
      ]
        + Self.lines(hasDockerfile: { name in
          archive.entries.contains { !$0.isFolder && $0.name.elementsEqual(name.utf8) }
        })
    case .gitRepository(let url), .gist(let url):
      return ["ACTOR: The source is \(url). The emulator does not fetch it."]
    }
  }

  /// The zip at `url`, fetched as by anybody: without a token.
  func archive(at url: String) throws(Problem) -> ZipArchive {
    let record = try record(at: url)
    do {
      let file = try contents.file(record.contents)
      return try ZipArchive(byteCount: record.byteCount) { offset, count in
        try file.descriptor.bytes(at: offset, count: count)
      }
    } catch {
      throw Problem("The source zip can't be unpacked: \(error)")
    }
  }

  private func record(at url: String) throws(Problem) -> StoreRecord.Record {
    let target = RecordURL(url)
    guard let target, let own = address.current, target.isAt(own) else {
      let own = address.current?.baseURL ?? "not listening"
      throw Problem("The source zip can't be fetched: \(url) is not at this emulator (\(own)).")
    }
    guard let place = target.place else {
      throw Problem("The source zip can't be fetched: 404 page-not-found for \(url).")
    }
    do {
      return try store.read { state throws(PlatformError) in
        try state.record(place.key, of: place.store, token: nil, signature: target.signature)
      }
    } catch {
      throw Problem("The source zip can't be fetched: \(error.status) \(error.type) for \(url).")
    }
  }

  private static func lines(hasDockerfile: (String) -> Bool) -> [String] {
    let name = dockerfiles.first(where: hasDockerfile)
    return [
      "ACTOR: " + (name.map { "Using \($0)." } ?? "There is no Dockerfile: the platform's default is used.")
    ]
  }
}

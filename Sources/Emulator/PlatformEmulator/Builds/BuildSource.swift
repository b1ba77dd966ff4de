// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import PlatformModel
internal import SystemIO
internal import Zip

/// Fetches what a build is made of: inline files from the version, a zip by its address, without a token.
struct BuildSource: Sendable {
  let store: PlatformStore
  let contents: RecordContents
  let address: ListeningAddress
  let publicURL: String?

  /// Reads the source through and returns the lines of the log about it. Blocks while it reads a zip.
  func lines(about version: VersionRecord) throws(SourceProblem) -> [String] {
    try version.sourceLines { url throws(SourceProblem) in try archive(at: url) }
  }

  /// The zip at `url`.
  func archive(at url: String) throws(SourceProblem) -> ZipArchive {
    let record = try store.read { state throws(SourceProblem) in
      try state.record(at: url, root: publicURL ?? address.current?.baseURL)
    }
    do {
      let file = try contents.file(record.contents)
      return try ZipArchive(byteCount: record.byteCount) { offset, count in
        try file.descriptor.bytes(at: offset, count: count)
      }
    } catch {
      throw SourceProblem("The source zip can't be unpacked: \(error)")
    }
  }
}

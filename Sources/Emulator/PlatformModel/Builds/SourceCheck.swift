// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import Zip

/// Why a builder cannot use a version's source.
package struct SourceProblem: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

extension VersionRecord {
  /// What all members of a zip may have together, in bytes: the emulator's own bound, so that a build ends.
  private static let unpackedLimit = 64 << 30
  private static let dockerfiles = ["Dockerfile", ".actor/Dockerfile"]

  /// Reads the source as a builder does and returns the lines of the log about it.
  ///
  /// - Parameter archive: fetches the zip at an address, without a token.
  package func sourceLines(
    archive: (_ url: String) throws(SourceProblem) -> ZipArchive
  ) throws(SourceProblem) -> [String] {
    switch source {
    case .files(let files):
      let names = files.compactMap { if case .file = $0.kind { $0.name } else { nil } }
      if names.isEmpty { throw SourceProblem("There are no source files.") }
      return ["ACTOR: Found \(names.count) source files.", Self.dockerfileLine { names.contains($0) }]
    case .tarball(let url):
      let archive = try archive(url)
      let totals: ZipTotals
      do { totals = try archive.validate(limit: Self.unpackedLimit) } catch {
        throw SourceProblem("The source zip can't be unpacked: \(error)")
      }
      if totals.files == 0 { throw SourceProblem("There are no files in the source zip.") }
      return [
        "ACTOR: Downloaded the source zip of \(archive.byteCount) bytes.",
        "ACTOR: Unpacked \(totals.files) files of \(totals.bytes) bytes.",
        Self.dockerfileLine { name in
          archive.entries.contains { !$0.isFolder && $0.name.elementsEqual(name.utf8) }
        },
      ]
    case .gitRepository(let url), .gist(let url):
      return ["ACTOR: The source is \(url). The emulator does not fetch it."]
    }
  }

  private static func dockerfileLine(_ has: (String) -> Bool) -> String {
    let name = dockerfiles.first(where: has)
    return "ACTOR: "
      + (name.map { "Using \($0)." } ?? "There is no Dockerfile: the platform's default is used.")
  }
}

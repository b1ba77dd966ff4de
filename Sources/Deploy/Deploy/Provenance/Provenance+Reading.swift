// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import SourcePackage

extension Provenance {
  private struct Members: Codable {
    let format: Int
    var commit: String?
    var branch: String?
    var dirty: Bool?
    let digest: String
    let tool: String
    var buildTag: String?
  }

  /// What the file `contents` says; nil where it is no such file.
  init?(_ contents: [UInt8]) {
    guard let members = try? JSONDecoder().decode(Members.self, from: Data(contents)), members.format == 1
    else { return nil }
    self.init(
      commit: members.commit, branch: members.branch, isDirty: members.dirty ?? false, digest: members.digest,
      tool: members.tool, buildTag: members.buildTag)
  }

  /// Whether `name` is the file's.
  static func isFile(_ name: some Collection<UInt8>) -> Bool { name.elementsEqual(path.utf8) }
}

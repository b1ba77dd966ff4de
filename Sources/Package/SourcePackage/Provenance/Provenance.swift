// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Where a package comes from: a file that travels with it and is no part of it. It counts in no digest and
/// no comparison, so that the same files are the same package, wherever they come from.
package struct Provenance: Sendable, Equatable {
  /// Where the file lies in a package. A project's own file of that name is never packaged.
  package static let path = ".actor/provenance.json"

  /// The commit's name; nil where the files come from no repository.
  package let commit: String?
  /// The branch that was checked out or pushed, if one was.
  package let branch: String?
  /// Whether the package is another one than the commit's.
  package let isDirty: Bool
  /// The digest of the commit's own package, where only that will tell; then `isDirty` says nothing yet.
  private let commitDigest: String?
  /// The digest of the package without this file; empty as long as that is not known.
  package let digest: String
  /// The program that made it, and its version.
  package let tool: String

  /// What was read from a package, or is known before it is made: then by `commitDigest`, the digest of the
  /// commit's own package, it will be seen whether it is that one.
  package init(
    commit: String?, branch: String?, isDirty: Bool, commitDigest: String? = nil, digest: String = "",
    tool: String
  ) {
    self.commit = commit
    self.commitDigest = commitDigest
    self.branch = branch
    self.isDirty = isDirty
    self.digest = digest
    self.tool = tool
  }

  /// The file's contents in a package of `digest`.
  package func contents(digest: String) -> [UInt8] {
    var text = WriteBuffer(capacity: 512)
    text.append("{\n  \"format\": 1")
    func member(_ name: StaticString, _ value: String) {
      text.append(",\n  ")
      text.append(name)
      text.append(": ")
      JSONString.append(Array(value.utf8), to: &text)
    }
    if let commit { member("\"commit\"", commit) }
    if let branch { member("\"branch\"", branch) }
    text.append(
      commitDigest.map { $0 != digest } ?? isDirty ? ",\n  \"dirty\": true" : ",\n  \"dirty\": false")
    member("\"digest\"", digest)
    member("\"tool\"", tool)
    text.append("\n}\n")
    return text.array
  }

  /// How many bytes the file has in any package.
  package var byteCount: Int {
    // "false" is longer than "true".
    contents(digest: String(repeating: "0", count: 64)).count + 1
  }
}

extension Provenance {
  /// Its entry in a document; `isFirst` where nothing stands before it.
  static func documentEntry(_ contents: [UInt8], isFirst: Bool) -> [UInt8] {
    var entry = WriteBuffer(capacity: 1024)
    entry.append(isFirst ? "{\"name\":" : ",{\"name\":")
    JSONString.append(Array(path.utf8), to: &entry)
    entry.append(",\"format\":\"TEXT\",\"content\":")
    JSONString.append(contents, to: &entry)
    entry.append("}")
    return entry.array
  }
}

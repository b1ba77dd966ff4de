// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Where a package comes from: a file that travels with it and is no part of it. It counts in no digest and
/// no comparison, so that the same files are the same package, wherever they come from.
package struct Provenance: Sendable, Equatable {
  /// Where the file lies in a package. A project's own file of that name is never packaged.
  package static let path = ".actor/provenance.json"

  /// The commit's name; nil where the files come from no commit.
  package let commit: String?
  /// The branch that was checked out or pushed, if one was.
  package var branch: String?
  /// Whether the package is another one than the commit's.
  package let isDirty: Bool
  /// The digest of the package without this file.
  package let digest: String
  /// The program that made it, and its version.
  package let tool: String
  /// The tag that the push gave the version's builds; nil where it is not known, or in a zip, whose record
  /// beside it says it.
  package var buildTag: String?

  /// A package of `digest`.
  package init(
    commit: String?, branch: String?, isDirty: Bool, digest: String, tool: String, buildTag: String? = nil
  ) {
    self.commit = commit
    self.branch = branch
    self.isDirty = isDirty
    self.digest = digest
    self.tool = tool
    self.buildTag = buildTag
  }

  /// The same without the tag: what a zip says itself, which need not be sent again for another.
  package var withoutTag: Provenance {
    var provenance = self
    provenance.buildTag = nil
    return provenance
  }

  /// The file's contents.
  package var contents: [UInt8] {
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
    if commit != nil { text.append(isDirty ? ",\n  \"dirty\": true" : ",\n  \"dirty\": false") }
    member("\"digest\"", digest)
    member("\"tool\"", tool)
    if let buildTag { member("\"buildTag\"", buildTag) }
    text.append("\n}\n")
    return text.array
  }
}

extension Provenance {
  /// Its entry in a document; `isFirst` where nothing stands before it.
  func documentEntry(isFirst: Bool) -> [UInt8] {
    var entry = WriteBuffer(capacity: 1024)
    entry.append(isFirst ? "{\"name\":" : ",{\"name\":")
    JSONString.append(Array(Self.path.utf8), to: &entry)
    entry.append(",\"format\":\"TEXT\",\"content\":")
    JSONString.append(contents, to: &entry)
    entry.append("}")
    return entry.array
  }
}

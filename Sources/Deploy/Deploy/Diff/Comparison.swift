// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SourcePackage
package import TextDiff

/// A version beside the files here.
package struct Comparison {
  /// One file that differs.
  package struct File {
    /// How it differs.
    package let change: ManifestDifference.Change
    /// Its lines on both sides; nil where one of them is not text, or too long to be shown.
    package let lines: (old: Lines, new: Lines)?
  }

  /// A text that is longer is not shown line by line.
  private static let limit = 8 << 20

  /// What differs.
  package let difference: ManifestDifference
  private let remote: RemoteContents
  private let local: [[UInt8]: [UInt8]]

  init(_ remote: RemoteContents, _ local: LocalContents) throws(DeployError) {
    difference = ManifestDifference(from: remote.manifest, to: local.manifest)
    self.remote = remote
    let names = difference.files.filter { $0.new?.isFolder == false }.map(\.name)
    self.local = try local.bytes(of: Set(names), limit: Self.limit)
  }

  /// The files that differ, one after the other.
  package func forEachFile<Failure: Error>(
    _ body: (File) throws(Failure) -> Void
  ) throws(Failure) {
    for change in difference.files { try body(File(change: change, lines: lines(change))) }
  }

  private func lines(_ change: ManifestDifference.Change) -> (old: Lines, new: Lines)? {
    guard let old = Self.text(change.old, { try remote.bytes(of: change.name, limit: Self.limit) }),
      let new = Self.text(change.new, { local[change.name] })
    else { return nil }
    return (Lines(old), Lines(new))
  }

  /// The text of a file; empty where there is none.
  private static func text(_ entry: Manifest.Entry?, _ bytes: () throws -> [UInt8]?) -> [UInt8]? {
    guard let entry, !entry.isFolder else { return [] }
    guard let bytes = try? bytes(), !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else {
      return nil
    }
    return bytes
  }
}

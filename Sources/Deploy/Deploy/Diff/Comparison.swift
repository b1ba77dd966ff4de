// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SourcePackage
package import TextDiff

/// A version beside the files here.
package struct Comparison: Sendable {
  /// One file that differs.
  package struct File {
    /// How it differs.
    package let change: ManifestDifference.Change
    /// Its lines on both sides; nil where one of them is not text, or too long to be shown.
    package let lines: (old: Lines, new: Lines)?
  }

  /// A text that is longer is not shown line by line.
  private static let limit = 8 << 20

  /// One of the two that are compared.
  struct Side: Sendable {
    let manifest: Manifest
    /// The contents of a file; nil where they are not known, or too long to be shown.
    let contents: @Sendable (_ name: [UInt8]) throws -> [UInt8]?

    /// What the platform holds.
    init(_ remote: RemoteContents) {
      manifest = remote.manifest
      contents = { try remote.bytes(of: $0, limit: Comparison.limit) }
    }

    /// What `manifest` names, as far as `found` has it, or `other` as it was.
    init(_ manifest: Manifest, _ found: [[UInt8]: [UInt8]], else other: Side? = nil) {
      self.manifest = manifest
      let identities = Dictionary(
        other?.manifest.entries.map { (Array($0.name), $0.identity) } ?? [], uniquingKeysWith: { $1 })
      var same: Set<[UInt8]> = []
      for entry in manifest.entries where identities[Array(entry.name)] == entry.identity {
        same.insert(Array(entry.name))
      }
      contents = { [same] name in
        if let bytes = found[name] { return bytes }
        return same.contains(name) ? try other?.contents(name) : nil
      }
    }

    /// The files here; those that differ from `other` are read. Blocks.
    init(_ local: LocalContents, against other: Manifest) throws(DeployError) {
      let names = ManifestDifference(from: other, to: local.manifest).files.map(\.name)
      self.init(local.manifest, try local.bytes(of: Set(names), limit: Comparison.limit))
    }
  }

  /// What differs.
  package let difference: ManifestDifference
  private let old: Side
  private let new: Side

  init(from old: Side, to new: Side) {
    difference = ManifestDifference(from: old.manifest, to: new.manifest)
    (self.old, self.new) = (old, new)
  }

  /// The files that differ, one after the other.
  package func forEachFile<Failure: Error>(
    _ body: (File) throws(Failure) -> Void
  ) throws(Failure) {
    for change in difference.files { try body(File(change: change, lines: lines(change))) }
  }

  private func lines(_ change: ManifestDifference.Change) -> (old: Lines, new: Lines)? {
    guard let old = Self.text(change.old, { try old.contents(change.name) }),
      let new = Self.text(change.new, { try new.contents(change.name) })
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

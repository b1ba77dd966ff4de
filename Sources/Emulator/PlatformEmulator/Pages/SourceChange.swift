// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import FoundationEssentials
internal import PlatformModel
internal import Zip

/// What changed of a version between two of its builds, in words.
struct SourceChange: Sendable {
  /// How many names are written out.
  private static let shownNames = 3

  private(set) var parts: [String] = []

  /// From `before` to `after`. Zips are told apart by what their directories say.
  init(from before: VersionRecord, to after: VersionRecord, _ source: BuildSource) {
    let kinds = (PageParts.sourceType(before.source), PageParts.sourceType(after.source))
    if kinds.0 != kinds.1 { parts.append("\(kinds.0) \u{2192} \(kinds.1)") }
    let (old, new) = (Self.entries(before, source), Self.entries(after, source))
    if let old, let new {
      let names = Set(old.keys).union(new.keys).sorted { $0.lexicographicallyPrecedes($1) }
      add(names.filter { old[$0] != nil && new[$0] != nil && old[$0] != new[$0] }, "changed")
      add(names.filter { old[$0] == nil }, "added")
      add(names.filter { new[$0] == nil }, "removed")
    } else if before.source != after.source, kinds.0 == kinds.1 {
      parts.append("another \(kinds.1)")
    }
    addVariables(before, after)
    if before.applyEnvVarsToBuild != after.applyEnvVarsToBuild { parts.append("variables for builds") }
  }

  private mutating func add(_ names: [[UInt8]], _ verb: String) {
    if names.isEmpty { return }
    let shown = names.map { String(decoding: $0, as: UTF8.self) }
    parts.append(
      shown.count <= Self.shownNames
        ? "\(shown.joined(separator: ", ")) \(verb)" : "\(shown.count) files \(verb)")
  }

  /// Names alone: values stay inside.
  private mutating func addVariables(_ before: VersionRecord, _ after: VersionRecord) {
    func values(_ version: VersionRecord) -> [String: EnvironmentVariable] {
      Dictionary(version.envVars.map { ($0.name, $0) }) { _, last in last }
    }
    let (old, new) = (values(before), values(after))
    let changes = Set(old.keys).union(new.keys).sorted().compactMap { name -> String? in
      switch (old[name], new[name]) {
      case (nil, _?): "+\(name)"
      case (_?, nil): "-\(name)"
      case (let old, let new): old == new ? nil : name
      }
    }
    if !changes.isEmpty { parts.append("variables: \(changes.joined(separator: ", "))") }
  }

  /// What tells the contents of a file apart, wherever they are.
  private struct Contents: Equatable {
    let byteCount: Int
    let crc: UInt32
    /// Nil where the source does not say so: inline files have no mode.
    let isExecutable: Bool?

    static func == (left: Self, right: Self) -> Bool {
      guard left.byteCount == right.byteCount, left.crc == right.crc else { return false }
      guard let leftMode = left.isExecutable, let rightMode = right.isExecutable else { return true }
      return leftMode == rightMode
    }
  }

  /// The contents by their names; nil where they are not here.
  private static func entries(_ version: VersionRecord, _ source: BuildSource) -> [[UInt8]: Contents]? {
    let label = Array(PackageLabel.path.utf8)
    let pairs: [([UInt8], Contents)]
    switch version.source {
    case .gitRepository, .gist: return nil
    case .files(let files):
      pairs = files.compactMap { file in
        guard case .file(let format, let content) = file.kind else { return nil }
        let bytes = format == .text ? Array(content.utf8) : Data(base64Encoded: content).map(Array.init) ?? []
        // SAFETY: bytes have no padding, and are read within the call.
        let crc = unsafe crc32(bytes.span.bytes)
        return (Array(file.name.utf8), Contents(byteCount: bytes.count, crc: crc, isExecutable: nil))
      }
    case .tarball(let address):
      guard let archive = try? source.archive(at: address) else { return nil }
      pairs = archive.entries.filter { !$0.isFolder }.map {
        ($0.name, Contents(byteCount: $0.byteCount, crc: $0.crc, isExecutable: $0.isExecutable))
      }
    }
    return Dictionary(pairs) { _, last in last }.filter { $0.key != label }
  }
}

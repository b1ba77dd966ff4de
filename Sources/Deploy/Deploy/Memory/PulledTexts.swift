// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Crypto
internal import SourcePackage
internal import SystemIO

/// The texts that pulls have brought into a directory, as the platform had them: what a later pull merges
/// from. An edit in Console that was only pulled is in no commit and in no build.
struct PulledTexts: Sendable {
  /// A longer text is not kept, nor more than this together.
  private static let textLimit = 1 << 20
  private static let totalLimit = 16 << 20

  private let place: [UInt8]

  /// Those of the directory at `place`, which need not exist.
  init(at place: [UInt8]) { self.place = place }

  /// The contents of those of the files `names` of `manifest` that are kept. What is found proves itself by
  /// its digest.
  func contents(of names: Set<[UInt8]>, in manifest: Manifest) -> [[UInt8]: [UInt8]] {
    guard Paths.status(place) != nil else { return [:] }
    var found: [[UInt8]: [UInt8]] = [:]
    for entry in manifest.entries where !entry.isFolder && names.contains(Array(entry.name)) {
      guard let text = Paths.contentsOfRegularFile(file(entry.identity), limit: Self.textLimit),
        Manifest.Entry.identity(of: text) == entry.identity
      else { continue }
      found[Array(entry.name)] = text
    }
    return found
  }

  /// Keeps what `read` gives of the files `brought`, and of what is kept only what `manifests`, or the
  /// `bases` of files that were pulled, have. Nothing depends on it: a failure costs no more than a conflict.
  func keep(
    _ brought: [[UInt8]], of manifests: [Manifest], _ bases: [[UInt8]],
    _ read: (_ name: [UInt8], _ limit: Int) throws(DeployError) -> [UInt8]?
  ) {
    var wanted = Set(bases.map(Self.name))
    for manifest in manifests {
      for entry in manifest.entries where !entry.isFolder { wanted.insert(Self.name(entry.identity)) }
    }
    var total = 0
    for name in names {
      if wanted.contains(name) {
        total += Paths.status(Paths.join(place, name))?.byteCount ?? 0
      } else {
        try? Paths.remove(Paths.join(place, name))
      }
    }
    for name in brought {
      guard let text = try? read(name, Self.textLimit), PullMerge.isText(text),
        total + text.count <= Self.totalLimit
      else { continue }
      let path = file(Manifest.Entry.identity(of: text))
      if Paths.status(path) != nil { continue }
      total += text.count
      try? Paths.makeDirectory(place, mode: 0o700)
      try? OutputFile.write(text, to: path, mode: 0o600)
    }
  }

  /// Removes all of them.
  func removeAll() {
    for name in names { try? Paths.remove(Paths.join(place, name)) }
    try? Paths.removeDirectory(place)
  }

  private var names: [[UInt8]] {
    guard let directory = try? Descriptor.open(CString(place), as: .directory) else { return [] }
    return (try? DirectoryScanner.names(in: directory)) ?? []
  }

  private func file(_ identity: [UInt8]) -> [UInt8] { Paths.join(place, Self.name(identity)) }

  private static func name(_ identity: [UInt8]) -> [UInt8] {
    Array(Hex.lowercase(SHA256.hash(data: identity)).utf8)
  }
}

extension DirectoryMemory {
  /// The texts that were pulled from the version of `key`.
  func texts(of key: VersionMemory.Key) -> PulledTexts {
    PulledTexts(at: file(VersionMemory.name(key) + ".texts"))
  }
}

extension PullMerge {
  /// The files whose content on the platform comes into the directory, as it is or merged.
  var broughtNames: [[UInt8]] {
    files.filter { ![.removed, .mode].contains($0.change) }.map(\.path)
      + conflicts.filter { $0.hasMarkers }.map(\.path)
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import Checks
internal import SourcePackage
internal import SystemIO

extension ContextSource {
  /// The file on disk that is called `name` in the package; nil where there is none.
  func original(_ name: [UInt8]) -> [UInt8]? {
    context.originals[name] ?? Paths.contents(Paths.join(context.root, context.sourcePath(of: name)))
  }
}

extension PackageContext {
  /// `changes`, of files by their names in the package, where the files lie on disk.
  func onDisk(_ changes: [PullTransaction.Change]) -> [PullTransaction.Change] {
    changes.map { change in
      var (before, after) = (change.before, change.after)
      if let original = originals[change.path], before != nil {
        before = Manifest.Entry.identity(of: original)
        if case .write(.own, _) = change.kind { after = before }
      }
      return .init(
        path: sourcePath(of: change.path), kind: change.kind, before: before, after: after)
    }
  }

  /// The text of the file `name`, as it is called in the package, that `text` is sent for.
  func restored(_ name: [UInt8], _ text: [UInt8]) -> [UInt8] {
    guard name.elementsEqual(Self.actorFile.utf8) else {
      return ActorPathPatch.remove(actorInContext, from: text)
    }
    guard let original = originals[name], let own = try? ActorPaths(original, file: Self.actorFile),
      let sent = replacements[name].flatMap({ try? ActorPaths($0, file: Self.actorFile) })
    else { return text }
    guard let theirs = try? ActorPaths(text, file: Self.actorFile) else {
      // Edited by hand, and no valid JSON.
      return Self.exchanging(sent, by: own, in: text)
    }
    var restored: [ActorPaths.Named] = []
    var added: [String] = []
    for path in theirs.all {
      if !own.has(path.keys[0]), sent.all.contains(path) {
        added.append(path.keys[0])
      } else if sent.all.contains(path), let before = own.all.first(where: { $0.keys == path.keys }) {
        restored.append(before)
      } else if let place = PackagePath.resolve(Array(path.path.utf8), in: Self.actorDirectory),
        !Paths.isInside(place, Self.actorDirectory)
      {
        restored.append(.init(path.keys, Self.way(from: actorSource, to: place)))
      }
    }
    let edited = (try? theirs.text(with: restored)) ?? text
    return added.reduce(edited) { text, field in ActorPaths.removing(field, from: text) }
  }

  /// `text`, no valid JSON, with the paths of `own` in place of those that are sent.
  private static func exchanging(_ sent: ActorPaths, by own: ActorPaths, in text: [UInt8]) -> [UInt8] {
    let quote = UInt8(ascii: "\"")
    var text = text
    for path in sent.all {
      guard let before = own.all.first(where: { $0.keys == path.keys }), before != path else { continue }
      let parts = text.split(separator: quote, omittingEmptySubsequences: false).map { part in
        part.elementsEqual(path.path.utf8) ? Array(before.path.utf8) : Array(part)
      }
      text = Array(parts.joined(separator: [quote]))
    }
    return text
  }

  /// The path from the directory `base` to `path`.
  private static func way(from base: [UInt8], to path: [UInt8]) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    let (start, end) = (base.split(separator: slash), path.split(separator: slash))
    let shared = zip(start, end).prefix { $0.elementsEqual($1) }.count
    let up = Array(repeating: Array("..".utf8), count: start.count - shared)
    return Array((up + end.dropFirst(shared).map { Array($0) }).joined(separator: [slash]))
  }
}

extension PackageContext? {
  /// What the file `name`, as it is called in the package, is on disk, where `bytes` are sent for it.
  func onDisk(_ name: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
    guard let self, self.replacements[name] != nil else { return bytes }
    return self.restored(name, bytes)
  }
}

extension PullOutcome {
  /// Names files as they are called on disk, from the package's directory.
  mutating func namePaths(on context: PackageContext) {
    files = files.map { File(path: context.sourcePath(of: $0.path), change: $0.change) }
    conflicts = conflicts.map {
      Conflict(
        path: context.sourcePath(of: $0.path), reason: $0.reason,
        beside: $0.beside.map { context.sourcePath(of: $0) }, rule: $0.rule)
    }
  }
}

extension DirectoryMemory {
  /// The memory `memory`, of files that lie in `directory`.
  init(_ memory: DirectoryMemory, of directory: [UInt8]) {
    (place, self.directory) = (memory.place, directory)
  }
}

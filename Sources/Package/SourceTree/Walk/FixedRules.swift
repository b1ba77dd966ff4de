// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules

/// The names that are left out and in by themselves.
enum FixedRules {
  /// Left out at any depth, as directory or file, whatever any file says.
  static let repository = Array(".git".utf8)
  /// Always in, at the top, but for what an ignore file leaves out of it by name.
  static let actor = Array(".actor".utf8)
  /// Always in.
  static let configuration = Array(".actor/actor.json".utf8)
  /// Left out of `.actor`: what is there comes from a package that said where it came from, and says nothing
  /// about this one.
  static let provenance = Array(".actor/provenance.json".utf8)
  /// Left out at the top, and at the top of the Actor's directory where that lies below, unless a `!` line of
  /// .actorignore names them.
  static let outAtTop = ["node_modules", "apify_storage", "crawlee_storage", "storage"].map { Array($0.utf8) }

  /// The directories of Apify's local storage: what lies in them is no source, tracked or not.
  private static let storages = ["key_value_stores", "datasets", "request_queues"].map { Array($0.utf8) }

  /// Whether a `!` line of `list` names `name`, which lies at the top, or something below it.
  ///
  /// - Parameter isNested: whether it is the top of the Actor's directory, whose own lines count.
  static func reincludes(_ name: [UInt8], _ list: PatternList, isNested: Bool) -> Bool {
    list.patterns(nested: isNested).contains { $0.isNegated && firstComponent($0).elementsEqual(name) }
  }

  /// Where the last component of `path` begins.
  static func basename(of path: [UInt8]) -> Int { (path.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1 }

  /// A warning for each `!` line of `list` that names something that is never packaged.
  static func vainReinclusions(in list: PatternList) -> [WalkWarning] {
    list.patterns.indices.compactMap { index in
      let pattern = list.patterns[index]
      guard pattern.isNegated, firstComponent(pattern).elementsEqual(repository) else { return nil }
      let rule = Rule.pattern(Verdict(list: list, index: index)).description
      return WalkWarning(kind: .cannotBringBack(rule: rule), path: repository)
    }
  }

  private static func firstComponent(_ pattern: Pattern) -> ArraySlice<UInt8> {
    pattern.text.dropFirst().drop { $0 == UInt8(ascii: "/") }.prefix { $0 != UInt8(ascii: "/") }
  }

  /// Whether `tracked` names source files in `directory`, one of `outAtTop`, whose path from the top of the
  /// work tree is `path`.
  static func hidesSource(_ path: [UInt8], in tracked: TrackedPaths) -> Bool {
    if tracked.containsFile(path.span) { return true }
    let stored = storages.reduce(0) { count, name in
      count + tracked.count(below: (path + [UInt8(ascii: "/")] + name).span)
    }
    return tracked.count(below: path.span) > stored
  }

  /// Whether the commit's file or directory `node`, one of `outAtTop`, holds source files.
  static func hidesSource(_ node: Int32, in tree: CommitTree) -> Bool {
    guard tree.nodes[Int(node)].kind == .directory else { return true }
    return tree.children(of: node).contains { child in !storages.contains(Array(tree.name(of: child)))
    }
  }
}

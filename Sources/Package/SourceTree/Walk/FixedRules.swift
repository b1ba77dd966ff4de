// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import IgnoreRules

/// The names that are never packaged whatever any file says, and the one that always is.
enum FixedRules {
  /// Left out at any depth, as directory or file.
  static let repository = Array(".git".utf8)
  /// Always in, at the top.
  static let actor = Array(".actor".utf8)
  /// Left out of `.actor`: what is there comes from a package that said where it came from, and says nothing
  /// about this one.
  static let provenance = Array(".actor/provenance.json".utf8)
  /// Left out at the top.
  static let outAtTop = ["node_modules", "apify_storage", "crawlee_storage", "storage"].map { Array($0.utf8) }

  /// A warning for each `!` line of `list` that names something that is never packaged.
  static func vainReinclusions(in list: PatternList) -> [WalkWarning] {
    list.patterns.indices.compactMap { index in
      let pattern = list.patterns[index]
      guard pattern.isNegated else { return nil }
      let path = pattern.text.dropFirst().drop { $0 == UInt8(ascii: "/") }
      let first = Array(path.prefix { $0 != UInt8(ascii: "/") })
      guard first == repository || outAtTop.contains(first) else { return nil }
      let rule = Rule.pattern(Verdict(list: list, index: index)).description
      return WalkWarning(kind: .cannotBringBack(rule: rule), path: first)
    }
  }
}

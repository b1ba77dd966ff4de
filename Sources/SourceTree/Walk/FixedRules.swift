// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import IgnoreRules

/// The names that are never packaged whatever any file says, and the one that always is.
enum FixedRules {
  /// Left out at any depth, as folder or file.
  static let repository = Array(".git".utf8)
  /// Always in, at the top.
  static let actor = Array(".actor".utf8)
  /// Left out at the top.
  static let outAtTop = ["node_modules", "apify_storage", "crawlee_storage", "storage"].map { Array($0.utf8) }

  /// The `!` lines of `list` that name something that is never packaged, and what it is.
  static func vainReinclusions(in list: PatternList) -> [(pattern: Pattern, name: [UInt8])] {
    list.patterns.compactMap { pattern in
      guard pattern.isNegated else { return nil }
      let path = pattern.text.dropFirst().drop { $0 == UInt8(ascii: "/") }
      let first = Array(path.prefix { $0 != UInt8(ascii: "/") })
      return first == repository || outAtTop.contains(first) ? (pattern, first) : nil
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import Git

/// The reference in which git remembers what a remote has: `refs/remotes/origin/main`.
///
/// `git push` moves it once the remote has taken the push. So it is a witness where the remote cannot be
/// asked a second time: a key wants to be touched, a passphrase typed.
package struct TrackingRef: Codable, Sendable, Equatable {
  /// Its full name.
  package let name: String
  /// The object that it named before the push; nil where it did not exist.
  package let before: String?

  /// A reference that named `before`.
  package init(name: String, before: String?) {
    self.name = name
    self.before = before
  }

  /// The one that follows `reference` of `remote`, a name, with what it names now. Returns nil where there is
  /// none, as for a remote that has an address only. Blocks.
  init?(of reference: String, remote: String, _ git: Git) {
    guard let output = try? git.output(["config", "--null", "--get-all", "remote.\(remote).fetch"]) else {
      return nil
    }
    let specs = output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    guard let name = Self.name(of: reference, specs) else { return nil }
    self.init(name: name, before: Self.object(name, git))
  }

  /// Whether it names `object` now and did not before. Blocks.
  func hasMoved(to object: String, _ git: Git) -> Bool {
    before != object && Self.object(name, git) == object
  }

  /// Whether it shows that the remote has had `object` since: it names that now, or what was built upon it.
  /// Blocks.
  package func hasPassed(_ object: String, _ git: Git) -> Bool {
    guard let current = Self.object(name, git), current != before else { return false }
    return current == object
      || Self.isAncestor(object, of: current, git)
        && before.map { Self.isAncestor(object, of: $0, git) } != true
  }

  private static func isAncestor(_ object: String, of descendant: String, _ git: Git) -> Bool {
    (try? git.output(["merge-base", "--is-ancestor", object, descendant])) != nil
  }

  /// What `specs`, the values of `remote.NAME.fetch`, make of `reference` (gitrevisions(7), git-fetch(1)).
  static func name(of reference: String, _ specs: [String]) -> String? {
    let reference = Array(reference.utf8)
    var found: [UInt8]?
    for spec in specs {
      var bytes = Array(spec.utf8)[...]
      if bytes.first == UInt8(ascii: "^") {
        if stars(of: reference, bytes.dropFirst()) != nil { return nil }
        continue
      }
      if bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
      let sides = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      guard sides.count == 2, found == nil, let middle = stars(of: reference, sides[0]) else { continue }
      found = Array(
        sides[1].split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
          .joined(separator: middle))
    }
    guard let found, found.starts(with: "refs/".utf8) else { return nil }
    return String(decoding: found, as: UTF8.self)
  }

  /// What the `*` of `pattern` stands for in `reference`; empty where there is none, nil where they differ.
  private static func stars(of reference: [UInt8], _ pattern: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let star = pattern.firstIndex(of: UInt8(ascii: "*")) else {
      return reference.elementsEqual(pattern) ? [] : nil
    }
    let (head, tail) = (pattern[..<star], pattern[(star + 1)...])
    guard reference.count >= head.count + tail.count, reference.starts(with: head),
      reference.suffix(tail.count).elementsEqual(tail)
    else { return nil }
    return reference[head.count..<(reference.count - tail.count)]
  }

  private static func object(_ name: String, _ git: Git) -> String? {
    guard let output = try? git.output(["show-ref", "--verify", "--hash", "--", name]) else { return nil }
    return String(decoding: output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }
}

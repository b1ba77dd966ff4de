// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import IgnoreRules
internal import SystemIO

/// The condition of an `includeIf` section: `gitdir:`, `gitdir/i:` or `onbranch:` with a pattern
/// (git-config(1), "Conditional includes"). `hasconfig:` is not decided here and does not hold.
struct IncludeCondition {
  private let kind: String
  private let pattern: [UInt8]

  init(_ text: [UInt8], configDirectory: [UInt8], home: [UInt8]?) {
    let colon = text.firstIndex(of: UInt8(ascii: ":")) ?? text.endIndex
    kind = String(decoding: text[..<colon], as: UTF8.self)
    var pattern = Array(text[min(colon + 1, text.endIndex)...])
    if kind != "onbranch" {
      if pattern.starts(with: "~/".utf8), let home {
        pattern = Paths.join(home, Array(pattern.dropFirst(2)))
      } else if pattern.starts(with: "./".utf8) {
        pattern = Paths.join(configDirectory, Array(pattern.dropFirst(2)))
      } else if pattern.first != UInt8(ascii: "/") {
        pattern = Array("**/".utf8) + pattern
      }
    }
    if pattern.last == UInt8(ascii: "/") { pattern += Array("**".utf8) }
    self.pattern = pattern
  }

  func holds(in repository: GitDirectories) -> Bool {
    switch kind {
    case "gitdir", "gitdir/i":
      // git tries the path as found and as resolved.
      return [repository.git, try? Paths.resolved(repository.git)].compactMap(\.self)
        .contains { matches($0, ignoringCase: kind == "gitdir/i") }
    case "onbranch":
      let head = Paths.contents(Paths.join(repository.git, Array("HEAD".utf8))) ?? []
      let prefix = Array("ref: refs/heads/".utf8)
      guard head.starts(with: prefix) else { return false }
      return matches(
        Array(head.dropFirst(prefix.count).prefix { $0 != UInt8(ascii: "\n") }), ignoringCase: false)
    default:
      return false
    }
  }

  private func matches(_ text: [UInt8], ignoringCase: Bool) -> Bool {
    Wildmatch(pattern.span, ignoringCase: ignoringCase)?.matches(text.span) ?? false
  }
}

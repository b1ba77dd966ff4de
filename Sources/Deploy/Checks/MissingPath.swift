// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Why a path is not in the package, and how it gets there.
struct MissingPath {
  /// The rule that leaves it out; nil where none does, so that it does not exist.
  private(set) var cause: String?
  /// The line that brings it back, or another name that may be meant.
  private(set) var remedy: String?

  init(_ path: [UInt8], in package: CheckedPackage) {
    let out = package.exclusions.first { exclusion in
      exclusion.path == path || exclusion.isDirectory && Paths.isInside(path, exclusion.path)
    }
    if let out {
      explain(out, isDirectory: out.isDirectory && out.path == path, path)
    } else if let near = Self.near(path, in: package) {
      remedy = "did you mean \(TerminalText.of(near))?"
    }
  }

  /// What leaves out the files that the pattern of a COPY would match.
  init(matching tokens: [GoPattern.Token], below context: [UInt8], in package: CheckedPackage) {
    let prefix = context.isEmpty ? [] : context + [UInt8(ascii: "/")]
    let literal = Self.literal(tokens)
    let out = package.exclusions.first { exclusion in
      guard exclusion.path.starts(with: prefix) else { return false }
      let path = exclusion.path.dropFirst(prefix.count)
      if GoPattern.matches(tokens, path) { return true }
      return exclusion.isDirectory && literal.starts(with: path + [UInt8(ascii: "/")])
    }
    if let out { explain(out, isDirectory: out.isDirectory, out.path) }
  }

  private mutating func explain(_ out: CheckedPackage.Exclusion, isDirectory: Bool, _ path: [UInt8]) {
    let rule = TerminalText.of(out.rule)
    cause = out.path == path ? "left out by \(rule)" : "\(TerminalText.of(out.path))/ is left out by \(rule)"
    if let directory = out.isBroughtBackIn {
      let base = directory.isEmpty ? [] : directory + [UInt8(ascii: "/")]
      let line = TerminalText.of(Array(path.dropFirst(base.count)))
      remedy =
        "the line !/\(line)\(isDirectory ? "/" : "") in \(TerminalText.of(base)).actorignore brings it back"
    }
  }

  /// The bytes that all names matching `tokens` begin with.
  private static func literal(_ tokens: [GoPattern.Token]) -> [UInt8] {
    var bytes: [UInt8] = []
    for case .byte(let byte) in tokens.prefix(while: { if case .byte = $0 { true } else { false } }) {
      bytes.append(byte)
    }
    return bytes
  }

  /// A name in the same directory that differs little.
  private static func near(_ path: [UInt8], in package: CheckedPackage) -> [UInt8]? {
    let parent = PackagePath.parent(path)
    let name = String(decoding: PackagePath.name(path), as: UTF8.self)
    let siblings = package.entries(below: parent).prefix(10_000).filter {
      PackagePath.parent($0.path) == parent
    }
    let names = siblings.map { String(decoding: PackagePath.name($0.path), as: UTF8.self) }
    return EditDistance.nearest(to: name, among: names).map { PackagePath.join(parent, Array($0.utf8)) }
  }
}

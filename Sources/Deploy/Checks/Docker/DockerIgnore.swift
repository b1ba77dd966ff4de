// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A `.dockerignore`, whose rules are not those of `.gitignore`: patterns are relative to the context alone,
/// match a path or a directory above it, and the last one that matches decides.
struct DockerIgnore {
  struct Rule {
    fileprivate let tokens: [Token]
    let isException: Bool
    /// From 1.
    let line: Int
    /// As it is written.
    let text: [UInt8]
  }

  enum Token: Equatable {
    case byte(UInt8)
    case any
    case star
    /// `**`, which also takes "/".
    case deepStar
    /// The next one may be passed over.
    case optional
    /// `**/`: whole directories, up to a "/".
    case directories
    case set([ClosedRange<UInt32>], isNegated: Bool)
  }

  /// The path of the file in the package.
  let path: [UInt8]
  private let rules: [Rule]

  init(_ text: [UInt8], path: [UInt8]) {
    self.path = path
    var rules: [Rule] = []
    var body = text.prefix(Dockerfile.longest)
    if body.starts(with: [0xEF, 0xBB, 0xBF]) { body = body.dropFirst(3) }
    let lines = body.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where line.first != UInt8(ascii: "#") {
      let written = DockerText.trimmed(line)
      let isException = written.first == UInt8(ascii: "!")
      // A line that leads out of the context takes nothing.
      guard
        let pattern = PackagePath.resolve(
          Array(DockerText.trimmed(isException ? written.dropFirst() : written)), in: []),
        !pattern.isEmpty, let tokens = Self.tokens(pattern)
      else { continue }
      rules.append(Rule(tokens: tokens, isException: isException, line: index + 1, text: Array(written)))
    }
    self.rules = rules
  }

  /// Whether a line brings back what others take.
  var hasExceptions: Bool { rules.contains(where: \.isException) }

  /// The rule that takes `path`, relative to the context, out of it; nil where none does.
  func exclusion(of path: [UInt8]) -> Rule? {
    var prefixes = path.indices.filter { path[$0] == UInt8(ascii: "/") }.map { Array(path[..<$0]) }
    prefixes.append(path)
    let last = rules.last { rule in prefixes.contains { Self.matches(rule.tokens, $0) } }
    return last.flatMap { $0.isException ? nil : $0 }
  }

  private static func tokens(_ pattern: [UInt8]) -> [Token]? {
    var tokens: [Token] = []
    var rest = pattern[...]
    let star = UInt8(ascii: "*")
    while !rest.isEmpty {
      if rest.starts(with: [star, star]) {
        rest = rest.drop { $0 == star }
        let slash = UInt8(ascii: "/")
        // At the beginning of what is literal it takes any beginning; elsewhere it stands for directories.
        let isSuffix =
          tokens.isEmpty && rest.first != slash && !rest.contains(UInt8(ascii: "\\"))
          && !GoPattern.isPattern(Array(rest))
        if rest.isEmpty || isSuffix {
          if tokens.last != .deepStar { tokens.append(.deepStar) }
        } else {
          if rest.first == slash { rest = rest.dropFirst() }
          if tokens.last != .directories { tokens += [.optional, .directories] }
        }
        continue
      }
      // The rest is as in COPY, up to the next pair of stars.
      let end = rest.indices.first { rest[$0...].starts(with: [star, star]) } ?? rest.endIndex
      guard let part = GoPattern.tokens(Array(rest[..<end])) else { return nil }
      tokens += part.map(Token.init)
      rest = rest[end...]
    }
    return tokens
  }

  /// Follows all ways at once: after each character, which tokens may come next.
  private static func matches(_ tokens: [Token], _ name: [UInt8]) -> Bool {
    var states = closure([0], tokens)
    var place = 0
    while place < name.count {
      guard !states.isEmpty, let (scalar, count) = GoPattern.character(name[place...]) else { return false }
      let character = name[place..<(place + count)]
      let isSlash = name[place] == UInt8(ascii: "/")
      var next: Set<Int> = []
      for state in states where state < tokens.count {
        switch tokens[state] {
        case .byte:
          // A character of several bytes is as many tokens.
          if tokens[state...].prefix(count).elementsEqual(character.map(Token.byte)) {
            next.insert(state + count)
          }
        case .any: if !isSlash { next.insert(state + 1) }
        case .star: if !isSlash { next.insert(state) }
        case .deepStar: next.insert(state)
        case .optional: break
        case .directories: next.formUnion(isSlash ? [state, state + 1] : [state])
        case .set(let ranges, let isNegated):
          if !isSlash, ranges.contains(where: { $0.contains(scalar) }) != isNegated { next.insert(state + 1) }
        }
      }
      states = closure(next, tokens)
      place += count
    }
    return states.contains(tokens.count)
  }

  /// `states` with those that are reached without a character.
  private static func closure(_ states: Set<Int>, _ tokens: [Token]) -> Set<Int> {
    var all = states
    var open = Array(states)
    while let state = open.popLast(), state <= tokens.count {
      guard state < tokens.count else { continue }
      let reached: [Int] =
        switch tokens[state] {
        case .star, .deepStar: [state + 1]
        case .optional: [state + 1, state + 2]
        default: []
        }
      for state in reached where all.insert(state).inserted { open.append(state) }
    }
    return all
  }
}

extension DockerIgnore.Token {
  fileprivate init(_ token: GoPattern.Token) {
    self =
      switch token {
      case .byte(let byte): .byte(byte)
      case .any: .any
      case .star: .star
      case .set(let ranges, let isNegated): .set(ranges, isNegated: isNegated)
      }
  }
}

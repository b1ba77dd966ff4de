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
  func exclusion(of path: ArraySlice<UInt8>) -> Rule? {
    let last = rules.last { Self.matches($0.tokens, path) }
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

  /// Whether the tokens match `path` or a directory above it. Follows all ways at once: after each character,
  /// which tokens may come next.
  private static func matches(_ tokens: [Token], _ path: ArraySlice<UInt8>) -> Bool {
    var states = [Bool](repeating: false, count: tokens.count + 1)
    var next = states
    states[0] = true
    close(&states, tokens)
    var place = path.startIndex
    while place < path.endIndex {
      guard let (scalar, count) = GoPattern.character(path[place...]) else { return false }
      let character = path[place..<(place + count)]
      let isSlash = path[place] == UInt8(ascii: "/")
      if isSlash, states[tokens.count] { return true }
      var isAlive = false
      for state in tokens.indices where states[state] {
        switch tokens[state] {
        case .byte(let byte):
          // A character of several bytes is as many tokens.
          guard byte == path[place],
            count == 1 || tokens[state...].prefix(count).elementsEqual(character.map(Token.byte))
          else { continue }
          next[state + count] = true
        case .any where !isSlash: next[state + 1] = true
        case .star where !isSlash: next[state] = true
        case .deepStar: next[state] = true
        case .directories:
          next[state] = true
          if isSlash { next[state + 1] = true }
        case .set(let ranges, let isNegated)
        where !isSlash && ranges.contains(where: { $0.contains(scalar) }) != isNegated:
          next[state + 1] = true
        default: continue
        }
        isAlive = true
      }
      guard isAlive else { return false }
      swap(&states, &next)
      for state in next.indices { next[state] = false }
      close(&states, tokens)
      place += count
    }
    return states[tokens.count]
  }

  /// Adds the states that are reached without a character; none lies before the one that it is reached from.
  private static func close(_ states: inout [Bool], _ tokens: [Token]) {
    for state in tokens.indices where states[state] {
      switch tokens[state] {
      case .star, .deepStar: states[state + 1] = true
      case .optional:
        states[state + 1] = true
        states[min(state + 2, tokens.count)] = true
      default: break
      }
    }
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

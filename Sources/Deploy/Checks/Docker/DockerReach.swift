// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Which files of its context the build of a Dockerfile reads: the sources of `COPY` and `ADD`, and what a
/// `RUN` mounts, in all stages.
package struct DockerReach: Sendable {
  /// How much of a path is read.
  package enum Reach: Sendable, Equatable {
    /// Nothing of it.
    case none
    /// Something that lies below it, at most.
    case below
    /// It, with all below it.
    case all
  }

  /// Why the whole context is needed; nil where `paths` say what is.
  package enum Whole: Sendable, Equatable {
    /// The instruction in this line copies all of it.
    case copied(line: Int, text: String)
    /// What the instruction in this line reads cannot be decided from the Dockerfile.
    case undecided(line: Int, text: String)
  }

  /// A path, or a pattern for some.
  fileprivate struct Source: Sendable {
    let path: [UInt8]
    /// Nil for a plain path.
    let tokens: [GoPattern.Token]?
    /// The first components, as far as they are plain.
    let head: [UInt8]
    let depth: Int
  }

  /// Why the whole context is needed; nil where it is not.
  package private(set) var whole: Whole?
  private var sources: [Source] = []

  /// What the build of the Dockerfile `text` reads.
  ///
  /// - Parameter open: names of ARGs whose values the platform may give.
  package init(_ text: [UInt8], open: Set<String>) {
    let stages = DockerStages(Dockerfile(text), open: open)
    for copy in stages.all.copies {
      if !copy.isDecided { note(.undecided(line: copy.instruction.line, text: Self.text(copy.instruction))) }
      for case let source? in copy.sources { add(source, copy.instruction) }
    }
    for command in stages.all.commands {
      for flag in command.flags where flag.name == "mount" { addMount(flag.value ?? [], command) }
    }
  }

  /// How much of `path`, relative to the context, is read.
  package func reach(_ path: [UInt8]) -> Reach {
    if whole != nil { return .all }
    var reach = Reach.none
    for source in sources {
      switch source.reach(path) {
      case .all: return .all
      case .below: reach = .below
      case .none: break
      }
    }
    return reach
  }

  private mutating func add(_ source: [UInt8], _ instruction: DockerInstruction) {
    let path = PackagePath.clipped(source)
    if path.isEmpty { return note(.copied(line: instruction.line, text: Self.text(instruction))) }
    guard GoPattern.isPattern(path) else {
      sources.append(Source(path: path, tokens: nil, head: path, depth: 0))
      return
    }
    guard let tokens = GoPattern.tokens(path) else {
      return note(.undecided(line: instruction.line, text: Self.text(instruction)))
    }
    let parts = path.split(separator: UInt8(ascii: "/")).map { Array($0) }
    let plain = parts.prefix { !GoPattern.isPattern($0) && !$0.contains(UInt8(ascii: "\\")) }
    if plain.isEmpty, parts == [[UInt8(ascii: "*")]] {
      return note(.copied(line: instruction.line, text: Self.text(instruction)))
    }
    sources.append(
      Source(
        path: path, tokens: tokens, head: Array(plain.joined(separator: [UInt8(ascii: "/")])),
        depth: parts.count))
  }

  /// A mount is a bind mount of the context, unless it says otherwise.
  private mutating func addMount(_ value: [UInt8], _ instruction: DockerInstruction) {
    var options: [String: [UInt8]] = [:]
    for part in value.split(separator: UInt8(ascii: ",")) {
      let pair = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      options[String(decoding: pair[0], as: UTF8.self)] = pair.count > 1 ? Array(pair[1]) : []
    }
    guard options["type"].map({ $0.elementsEqual("bind".utf8) }) ?? true, options["from"] == nil else {
      return
    }
    let source = options["source"] ?? options["src"] ?? []
    if source.contains(UInt8(ascii: "$")) {
      return note(.undecided(line: instruction.line, text: Self.text(instruction)))
    }
    add(source, instruction)
  }

  /// What cannot be decided is told before what copies all.
  private mutating func note(_ reason: Whole) {
    if case .undecided? = whole { return }
    if whole == nil { whole = reason } else if case .undecided = reason { whole = reason }
  }

  private static func text(_ instruction: DockerInstruction) -> String {
    let flags = instruction.flags.map { flag in
      Array("--\(flag.name)".utf8) + (flag.value.map { [UInt8(ascii: "=")] + $0 } ?? []) + [0x20]
    }.joined()
    let text = "\(instruction.name.uppercased()) \(TerminalText.of(Array(flags) + instruction.arguments))"
    return text.count > 60 ? text.prefix(60) + "…" : text
  }
}

extension DockerReach.Source {
  fileprivate func reach(_ path: [UInt8]) -> DockerReach.Reach {
    guard let tokens else {
      if Paths.isInside(path, self.path) { return .all }
      return Paths.isInside(self.path, path) ? .below : .none
    }
    var count = 1
    for (index, byte) in path.enumerated() where byte == UInt8(ascii: "/") {
      if count == depth, GoPattern.matches(tokens, path[..<index]) { return .all }
      count += 1
    }
    if count == depth, GoPattern.matches(tokens, path[...]) { return .all }
    guard count < depth else { return .none }
    return Paths.isInside(path, head) || Paths.isInside(head, path) || head.isEmpty ? .below : .none
  }
}

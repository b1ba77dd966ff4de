// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FuzzDriver
import IgnoreRules

/// An ignore file and paths, held against a `git check-ignore` that runs all the time.
///
/// An input is a byte of flags, the ignore file, and paths, with 0xFE between them; more paths are made of
/// the patterns themselves. git reads `.gitignore` anew each time it comes into a directory, so one process
/// answers for any number of ignore files: it is asked for a path elsewhere in between. No path exists. What
/// git is asked for is a file; each directory above it is judged on the way.
struct IgnoreTarget: FuzzTarget {
  static let name = "ignore"
  static let summary = "an ignore file and paths, against git check-ignore"
  static let longest = 256

  private let directory: String
  private var git: [RunningProgram?] = [nil, nil]
  /// git's matcher is exponential in the number of stars; where it takes too long, it is no oracle.
  private static let patience: Int32 = 2

  init(isSingle: Bool) throws {
    directory = try Workspace.make(Self.name)
    _ = try Program.git(["init", "-q"], in: directory).run()
    try makeDirectory("\(directory)/c")
  }

  mutating func run(_ input: [UInt8]) {
    guard let flags = input.first else { return }
    let ignoringCase = flags & 1 != 0
    let parts = input.dropFirst().split(separator: 0xFE, omittingEmptySubsequences: false)
    let contents = Array(parts.first ?? [])
    let list = PatternList(contents: contents.span, name: "", ignoringCase: ignoringCase)
    let paths = (parts.dropFirst().map { Array($0) } + list.patterns.flatMap(Self.instances))
      .compactMap(Self.cleaned).prefix(24)
    guard !paths.isEmpty else { return }
    let ours = paths.map { Self.decide(list, $0) }
    for path in paths { Self.checkReach(list, path) }
    guard let theirs = ask(contents, Array(paths), ignoringCase) else { return }
    for (index, path) in paths.enumerated() where ours[index] != theirs[index] {
      finding(
        """
        \(path.shown) with \(contents.shown)\(ignoringCase ? ", ignoring case" : ""): \
        line \(ours[index].map(String.init) ?? "none") here, line \(theirs[index].map(String.init) ?? "none") in git
        """)
    }
  }

  /// The line that decides about `path`: that of the highest directory that is left out, or the file's own.
  private static func decide(_ list: PatternList, _ path: [UInt8]) -> Int? {
    let chain = RuleChain(list, baseCount: 0, parent: nil)
    var basename = 0
    for index in path.indices where path[index] == UInt8(ascii: "/") {
      let directory = path.span.extracting(..<index)
      if let match = list.lastMatch(directory, basename: basename, isDirectory: true),
        !list.patterns[match].isNegated
      {
        return list.patterns[match].line
      }
      basename = index + 1
    }
    let verdict = chain.verdict(path.span, basename: basename, isDirectory: false)
    require(
      verdict?.excludes == chain.excludes(path.span, basename: basename, isDirectory: false),
      "the two verdicts about \(path.shown) differ")
    return verdict?.pattern.line
  }

  /// What a `!` pattern brings back must be reachable.
  private static func checkReach(_ list: PatternList, _ path: [UInt8]) {
    let basename = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    for isDirectory in [false, true] {
      guard let match = list.lastMatch(path.span, basename: basename, isDirectory: isDirectory),
        list.patterns[match].isNegated
      else { continue }
      for index in path.indices where path[index] == UInt8(ascii: "/") {
        require(
          list.mayBringBack(below: path.span.extracting(..<index), after: match == 0 ? nil : match - 1),
          "\(list.patterns[match].text.shown) brings back \(path.shown), which is not looked for")
      }
    }
  }

  /// The lines that decide in git; nil where it gives no answer in time.
  private mutating func ask(_ contents: [UInt8], _ paths: [[UInt8]], _ ignoringCase: Bool) -> [Int?]? {
    let index = ignoringCase ? 1 : 0
    do {
      try writeFile("\(directory)/c/.gitignore", contents)
      let running = try git[index] ?? start(ignoringCase)
      git[index] = running
      let prefix = Array("c/".utf8)
      let question = Array("elsewhere/x\0".utf8) + paths.flatMap { prefix + $0 + [0] }
      let wanted = 4 * (paths.count + 1)
      let isTaken = running.send(question)
      guard isTaken,
        let answer = running.receive(atMost: Self.patience, until: { $0.count { $0 == 0 } >= wanted })
      else {
        running.end()
        git[index] = nil
        return nil
      }
      // Source, line, pattern and path of each.
      let fields = answer.split(separator: 0, omittingEmptySubsequences: false)
      return paths.indices.map { Int(String(decoding: fields[4 * ($0 + 1) + 1], as: UTF8.self)) }
    } catch {
      finding("\(error)")
    }
  }

  private func start(_ ignoringCase: Bool) throws -> RunningProgram {
    try Program.git(
      ["-c", "core.ignoreCase=\(ignoringCase)", "check-ignore", "--stdin", "-z", "-v", "-n", "--no-index"],
      in: directory
    ).start()
  }

  /// A path as git takes it: relative, without empty components, dots and NUL, of moderate length; nil where
  /// nothing is left.
  private static func cleaned(_ path: [UInt8]) -> [UInt8]? {
    let parts = path.prefix(120).filter { $0 != 0 }.split(separator: UInt8(ascii: "/")).filter { part in
      !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
    }
    return parts.isEmpty ? nil : Array(parts.joined(separator: [UInt8(ascii: "/")]))
  }

  /// Paths that `pattern` may match: its wildcards replaced.
  private static func instances(of pattern: Pattern) -> [[UInt8]] {
    let text = pattern.text.dropFirst(pattern.isNegated ? 1 : 0)
    return [("x", "y"), ("", "/"), ("a/b", "b")].map { star, any in
      var path: [UInt8] = []
      var rest = text
      while let byte = rest.popFirst() {
        switch byte {
        case UInt8(ascii: "*"): path += star.utf8
        case UInt8(ascii: "?"): path += any.utf8
        case UInt8(ascii: "\\"): if let next = rest.popFirst() { path.append(next) }
        case UInt8(ascii: "["):
          let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "]")) ?? rest.endIndex
          path += rest[..<end].suffix(1)
          rest = rest[min(end + 1, rest.endIndex)...]
        default: path.append(byte)
        }
      }
      return path
    }
  }

  static func seeds() -> [[UInt8]] {
    let files = [
      "*.log\n!keep.log\n", "/build/\n!/build/keep\n", "a/**/b\n**/c\nd/**\n",
      "[a-c]x\n[!a-c]y\n[[:alpha:]]1\n",
      "\\#x\n\\!y\nz\\ \n", "foo/*\n!foo/bar\n", "*a*b*c\n", "dir/\n!dir/\n", "**/foo/**/bar*\n",
      "\u{FEFF}x\r\ny\n",
      "a?c\n?\n", "[]-]x\n[^a]\n[a\\]b]\n", "***/x\na**b/c\n/**/\n",
    ]
    let paths = ["a/b", "build/keep", "x.log", "foo/bar/baz", "dir/x", "a/x/y/b", "Ax/c"]
    return files.flatMap { file in
      [0, 1].map { flags in
        [flags] + Array(file.utf8) + paths.flatMap { [0xFE] + Array($0.utf8) }
      }
    }
  }

  static let words =
    [
      "**", "**/", "/**", "/**/", "***", "[!", "[^", "[]", "]", "[[:alpha:]]", "[[:upper:]]", "[[:", ":]",
      "[a-z]",
      "\\", "\\ ", "!", "#", "/", "\r\n", "\n!", "\n/", "*.", "\u{FEFF}",
    ].map { Array($0.utf8) } + [[0xFE], [0]]
}

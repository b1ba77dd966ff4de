// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Git
import TestSupport

@testable import TreeMerge

/// A random tree, and what two sides have made of it.
struct RandomMerge: CustomStringConvertible, Sendable {
  struct File: Equatable, Sendable {
    var bytes: [UInt8]
    var isExecutable: Bool
  }
  typealias Files = [String: File]

  let seed: Int
  private(set) var base: Files = [:]
  private(set) var mine: Files = [:]
  private(set) var theirs: Files = [:]

  private static let names = [
    "a", "b", "c/d", "c/e", "c/f/g", "h", "h/i", "j/k", "j", "l", "m", "n", "o/p", "q",
  ]

  init(seed: Int) {
    self.seed = seed
    var random = SeededGenerator(seed)
    for name in Self.names where random.chance(60) {
      Self.put(Self.file(name, &random), at: name, in: &base)
    }
    mine = Self.edited(base, "mine", &random)
    theirs = Self.edited(base, "theirs", &random)
    // Some edits are made on both sides.
    for (name, file) in mine where random.chance(10) { Self.put(file, at: name, in: &theirs) }
  }

  private static func file(_ name: String, _ random: inout SeededGenerator) -> File {
    // No two lines are the same: what belongs together is no matter of taste.
    let lines = (0..<Int.random(in: 1...24, using: &random)).map { "\(name) \($0) \(random.next())\n" }
    let isBinary = random.chance(15)
    return File(bytes: (isBinary ? [0] : []) + Array(lines.joined().utf8), isExecutable: random.chance(20))
  }

  /// What is in the way of `name` goes.
  private static func put(_ file: File, at name: String, in files: inout Files) {
    for other in Array(files.keys) where other.hasPrefix(name + "/") || name.hasPrefix(other + "/") {
      files[other] = nil
    }
    files[name] = file
  }

  private static func edited(_ base: Files, _ side: String, _ random: inout SeededGenerator) -> Files {
    var files = base
    for name in names where random.chance(45) {
      guard var file = files[name] else {
        if random.chance(50) { put(self.file(name, &random), at: name, in: &files) }
        continue
      }
      switch Int.random(in: 0..<10, using: &random) {
      case 0, 1: files[name] = nil
      case 2: file.isExecutable.toggle()
      case 3:
        file = self.file(name, &random)
      case 4:
        file.isExecutable.toggle()
        file.bytes = edited(file.bytes, side, &random)
      default: file.bytes = edited(file.bytes, side, &random)
      }
      if files[name] != nil { files[name] = file }
    }
    return files
  }

  private static func edited(_ bytes: [UInt8], _ side: String, _ random: inout SeededGenerator) -> [UInt8] {
    var lines = bytes.split(separator: 0x0A).map { Array($0) }
    for _ in 0..<Int.random(in: 1...2, using: &random) where !lines.isEmpty {
      let index = Int.random(in: lines.indices, using: &random)
      let line = Array("\(side) \(random.next())".utf8)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: lines[index] = line
      case 1: lines.insert(line, at: index)
      default: if lines.count > 1 { lines.remove(at: index) }
      }
    }
    return lines.flatMap { $0 + [0x0A] }
  }

  /// Appends the three commits in the form of git-fast-import(1).
  func append(to stream: inout [UInt8]) {
    for (name, files, parent) in [("base", base, nil), ("mine", mine, "base"), ("theirs", theirs, "base")] {
      var text = "commit refs/heads/\(name)\(seed)\ncommitter t <t@example.com> 0 +0000\ndata 0\n"
      if let parent { text += "from refs/heads/\(parent)\(seed)\n" }
      stream += Array((text + "deleteall\n").utf8)
      for (path, file) in files.sorted(by: { $0.key < $1.key }) {
        stream += Array(
          "M \(file.isExecutable ? "100755" : "100644") inline \(path)\ndata \(file.bytes.count)\n".utf8)
        stream += file.bytes + [0x0A]
      }
      stream.append(0x0A)
    }
  }

  /// The paths that are a file on one side and a directory on the other.
  var clashes: [String] {
    func among(_ one: Files, _ other: Files) -> [String] {
      one.keys.filter { name in other.keys.contains { $0.hasPrefix(name + "/") } }
    }
    return among(mine, theirs) + among(theirs, mine)
  }

  /// What ours makes of them.
  func merged(by textMerge: TextMerge) throws(Git.Failure) -> (files: Files, conflicts: [String]) {
    let merge = TreeMerge(base: Self.tree(base), mine: Self.tree(mine), theirs: Self.tree(theirs))
    var files = mine
    var conflicts: [String] = []
    for step in merge.steps {
      let path = String(decoding: step.path, as: UTF8.self)
      switch step.action {
      case .remove: files[path] = nil
      case .removeDirectory, .makeDirectory: break
      case .conflict: conflicts.append(path)
      case .write(.mine, let isExecutable): files[path]?.isExecutable = isExecutable ?? false
      case .write(.theirs, let isExecutable):
        files[path] = theirs[path]
        files[path]?.isExecutable = isExecutable ?? false
      case .write(.merged, let isExecutable):
        guard let own = mine[path], let other = theirs[path] else { continue }
        let merged = try textMerge.merge(
          base: base[path].flatMap { $0.bytes.contains(0) ? nil : $0.bytes }, mine: own.bytes,
          theirs: other.bytes,
          labels: TextMerge.Labels(mine: "mine", base: "base", theirs: "theirs"))
        if merged.hasConflicts { conflicts.append(path) }
        files[path] = File(bytes: merged.bytes, isExecutable: isExecutable ?? false)
      }
    }
    return (files, conflicts)
  }

  private static func tree(_ files: Files) -> Tree {
    var tree = Tree()
    for (path, file) in files {
      tree.add(
        Array(path.utf8),
        .file(
          TreeFile(file.bytes, isText: !file.bytes.contains(0), isExecutable: file.isExecutable)))
    }
    return tree
  }

  var description: String {
    func text(_ files: Files) -> String {
      files.sorted { $0.key < $1.key }.map { name, file in
        name + (file.isExecutable ? "*" : "") + (file.bytes.contains(0) ? "#" : "")
          + " \(file.bytes.reduce(into: 5381) { $0 = $0 &* 33 &+ Int($1) } & 0xFFFF)"
      }.joined(separator: ", ")
    }
    return "base {\(text(base))} mine {\(text(mine))} theirs {\(text(theirs))}"
  }
}

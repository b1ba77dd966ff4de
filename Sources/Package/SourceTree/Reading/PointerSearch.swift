// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules
internal import SystemIO

/// Finds files that are only pointers to what Git LFS keeps elsewhere, as in a clone without git-lfs. Only
/// files that an attribute gives to Git LFS are opened.
struct PointerSearch {
  private static let attributes = Array(".gitattributes".utf8)

  /// The patterns of the files of attributes, and how many bytes of an anchored path lie before what they are
  /// relative to.
  private var lists: [(base: [UInt8], list: PatternList)] = []

  /// Reads the attributes in the directories on the way to the project directory, and those in the plan.
  ///
  /// - Parameter prefix: the path from the top of the work tree to the project directory, with a "/" at its
  ///   end.
  init(_ plan: Plan, worktree: [UInt8], prefix: [UInt8]) {
    var base: [UInt8] = []
    for component in prefix.split(separator: UInt8(ascii: "/")) {
      if let contents = Paths.contents(Paths.join(Paths.join(worktree, base), Self.attributes)) {
        add(contents, base: base)
      }
      base += component + [UInt8(ascii: "/")]
    }
    let files = plan.entries.indices.filter { index in
      plan.entries[index].nameCount == Self.attributes.count && !plan.entries[index].isDirectory
        && plan.path(of: index).suffix(Self.attributes.count).elementsEqual(Self.attributes)
    }
    guard !files.isEmpty, var reader = try? PlanReader(plan) else { return }
    for index in files {
      guard let file = try? reader.open(index), let contents = try? file.contents() else { continue }
      add(contents, base: prefix + plan.path(of: index).dropLast(Self.attributes.count))
    }
  }

  private mutating func add(_ contents: [UInt8], base: [UInt8]) {
    let patterns = contents.split(separator: UInt8(ascii: "\n")).compactMap { line -> ArraySlice<UInt8>? in
      let words = line.split {
        $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r")
      }
      return words.dropFirst().contains { $0.elementsEqual("filter=lfs".utf8) } ? words.first : nil
    }
    guard !patterns.isEmpty else { return }
    let text = Array(patterns.joined(separator: [UInt8(ascii: "\n")]))
    lists.append((base, PatternList(contents: text.span, name: ".gitattributes")))
  }

  /// A warning for each pointer among the files of `plan`.
  func warnings(_ plan: Plan, prefix: [UInt8]) -> [WalkWarning] {
    guard !lists.isEmpty, var reader = try? PlanReader(plan) else { return [] }
    var warnings: [WalkWarning] = []
    var cursor = PathCursor()
    for index in plan.entries.indices where !plan.entries[index].isDirectory {
      cursor.move(to: index, in: plan)
      guard matches(prefix + cursor.path), let file = try? reader.open(index),
        LFSPointer.mayBe(byteCount: file.status.byteCount), let contents = try? file.contents(),
        LFSPointer.begins(contents)
      else { continue }
      warnings.append(WalkWarning(kind: .lfsPointer, path: cursor.path))
    }
    return warnings
  }

  private func matches(_ path: [UInt8]) -> Bool {
    lists.contains { base, list in
      guard path.starts(with: base) else { return false }
      let relative = Array(path.dropFirst(base.count))
      let basename = (relative.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1
      return list.lastMatch(relative.span, basename: basename, isDirectory: false) != nil
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension Plan {
  /// A directory that has another path in the package than on disk.
  package struct Move: Sendable {
    /// Its path on disk, relative to the project directory.
    package let source: [UInt8]
    /// Its path in the package; both end with the same component.
    package let target: [UInt8]
    /// Its entry.
    let index: Int
    /// The entry of the directory that it lies in on disk; -1 at the top.
    let parent: Int32
  }

  /// The path that the file or directory at `path`, relative to the project directory, has in the package.
  package func packagePath(of path: [UInt8]) -> [UInt8] {
    guard let moved else { return path }
    return Self.replacing(moved.source, by: moved.target, in: path)
  }

  /// The path, relative to the project directory, of what has the path `name` in the package.
  package func sourcePath(of name: [UInt8]) -> [UInt8] {
    guard let moved else { return name }
    return Self.replacing(moved.target, by: moved.source, in: name)
  }

  private static func replacing(_ old: [UInt8], by new: [UInt8], in path: [UInt8]) -> [UInt8] {
    Paths.isInside(path, old) ? new + path.dropFirst(old.count) : path
  }

  /// The same plan with the directory `source` at the top of the package, and the files of `replacements`, by
  /// their names in the package, with other contents.
  ///
  /// What has the name at the top must have been left out.
  package func movingToTop(_ source: [UInt8], replacing replacements: [[UInt8]: [UInt8]]) -> Plan {
    guard let index = entries.indices.first(where: { path(of: $0) == source }) else { return self }
    let name = Array(source.reversed().prefix { $0 != UInt8(ascii: "/") }.reversed())
    var plan = self
    plan.moved = Move(source: source, target: name, index: index, parent: entries[index].parent)
    // In the order of the new names.
    var order = entries.indices.map { (path: plan.packagePath(of: path(of: $0)), index: $0) }
    order.sort { $0.path.lexicographicallyPrecedes($1.path) }
    var places = [Int32](repeating: -1, count: entries.count)
    for (place, entry) in order.enumerated() { places[entry.index] = Int32(place) }
    let above = entries[index].parent
    plan.moved = Move(
      source: source, target: name, index: Int(places[index]), parent: above < 0 ? -1 : places[Int(above)])
    plan.entries = order.map { _, old in
      let parent = old == index ? -1 : entries[old].parent
      return Entry(entries[old], parent: parent < 0 ? -1 : places[Int(parent)])
    }
    for (place, entry) in order.enumerated() {
      guard !plan.entries[place].isDirectory, let bytes = replacements[entry.path] else { continue }
      plan.replacements[place] = bytes
      plan.entries[place].byteCount = bytes.count
      if plan.entries[place].format != nil { plan.entries[place].format = .text }
    }
    plan.excluded = excluded.map {
      Excluded(path: plan.packagePath(of: $0.path), isDirectory: $0.isDirectory, rule: $0.rule)
    }.sorted { $0.path.lexicographicallyPrecedes($1.path) }
    return plan
  }
}

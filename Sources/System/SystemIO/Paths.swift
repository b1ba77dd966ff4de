// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Paths as bytes: "/" between components, no NUL.
package enum Paths {
  /// Returns `path` below `base`, or `path` itself where it is absolute or the base is empty.
  package static func join(_ base: [UInt8], _ path: [UInt8]) -> [UInt8] {
    if base.isEmpty || path.first == UInt8(ascii: "/") { return path }
    if path.isEmpty { return base }
    return base.last == UInt8(ascii: "/") ? base + path : base + [UInt8(ascii: "/")] + path
  }

  /// Returns what precedes the last "/", or nil for the root and for a path of one component.
  package static func parent(_ path: [UInt8]) -> [UInt8]? {
    guard path.count > 1, let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return slash == 0 ? [UInt8(ascii: "/")] : Array(path[..<slash])
  }

  /// Whether `path` is `directory` or lies below it; both without links, and absolute or relative to the
  /// same.
  package static func isInside(_ path: [UInt8], _ directory: [UInt8]) -> Bool {
    guard path.starts(with: directory) else { return false }
    return path.count == directory.count || directory.last == UInt8(ascii: "/")
      || path[directory.count] == UInt8(ascii: "/")
  }

  /// The rest of `path` behind `directory`, both absolute; empty for the directory itself, nil where the path
  /// is not in it.
  package static func relative(_ path: [UInt8], to directory: [UInt8]) -> [UInt8]? {
    guard isInside(path, directory) else { return nil }
    return Array(path.dropFirst(directory.count).drop { $0 == UInt8(ascii: "/") })
  }

  /// Whether one of the components of `path` is `name`.
  package static func hasComponent(_ name: [UInt8], in path: some Collection<UInt8>) -> Bool {
    path.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual(name) }
  }
}

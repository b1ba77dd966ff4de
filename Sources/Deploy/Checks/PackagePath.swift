// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Paths as text of a project names them.
package enum PackagePath {
  private static let separator = UInt8(ascii: "/")

  /// `path` relative to the directory `base` of the package; nil where it leads out of the package.
  package static func resolve(_ path: [UInt8], in base: [UInt8]) -> [UInt8]? {
    var parts = base.split(separator: separator).map { Array($0) }
    for part in path.split(separator: separator) {
      switch part {
      case [UInt8(ascii: ".")]: continue
      case [UInt8(ascii: "."), UInt8(ascii: ".")]:
        if parts.popLast() == nil { return nil }
      default: parts.append(Array(part))
      }
    }
    return Array(parts.joined(separator: [separator]))
  }

  /// `path` without "." and "..", which ends at the top: what Docker makes of a source.
  package static func clipped(_ path: [UInt8]) -> [UInt8] {
    var parts: [ArraySlice<UInt8>] = []
    for part in path.split(separator: separator) {
      switch part {
      case [UInt8(ascii: ".")]: continue
      case [UInt8(ascii: "."), UInt8(ascii: ".")]: _ = parts.popLast()
      default: parts.append(part)
      }
    }
    return Array(parts.joined(separator: [separator]))
  }

  /// `name` in the directory `base`.
  package static func join(_ base: [UInt8], _ name: [UInt8]) -> [UInt8] {
    base.isEmpty ? name : name.isEmpty ? base : base + [separator] + name
  }

  /// The directory that `path` lies in; empty at the top.
  package static func parent(_ path: [UInt8]) -> [UInt8] {
    path.lastIndex(of: separator).map { Array(path[..<$0]) } ?? []
  }

  /// The last component of `path`.
  package static func name(_ path: [UInt8]) -> ArraySlice<UInt8> {
    path[(path.lastIndex(of: separator).map { $0 + 1 } ?? 0)...]
  }
}

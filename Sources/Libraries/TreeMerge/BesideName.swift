// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The name of a file that goes beside another: that one's with a suffix.
package enum BesideName {
  /// How many bytes a name may have on nearly all file systems (NAME_MAX).
  private static let limit = 255

  /// The first such path for what goes beside `path` that `isFree`; behind the suffix a number counts those
  /// that are not. What is too long for a name is cut off in front of the suffix.
  package static func first(
    beside path: [UInt8], _ suffix: [UInt8], isFree: (_ path: [UInt8]) -> Bool
  ) -> [UInt8] {
    var name = joined(path, suffix)
    var count = 1
    while !isFree(name) {
      count += 1
      name = joined(path, suffix + Array("-\(count)".utf8))
    }
    return name
  }

  private static func joined(_ path: [UInt8], _ ending: [UInt8]) -> [UInt8] {
    let start = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    var end = min(path.count, start + max(1, limit - ending.count))
    // No character is cut in two.
    while end < path.count, end > start + 1, path[end] & 0xC0 == 0x80 { end -= 1 }
    return path[..<end] + ending
  }
}

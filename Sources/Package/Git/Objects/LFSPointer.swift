// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// What stands in the place of a file that Git LFS keeps elsewhere (git-lfs's docs/spec.md).
package enum LFSPointer {
  static let beginning = Array("version https://git-lfs.github.com/spec/v1\n".utf8)
  private static let limit = 1024

  /// Whether a file of `byteCount` bytes can be a pointer.
  package static func mayBe(byteCount: Int) -> Bool { byteCount >= beginning.count && byteCount < limit }

  /// Whether `contents` begin as those of a pointer.
  package static func begins(_ contents: [UInt8]) -> Bool { contents.starts(with: beginning) }

  /// Whether `contents` begin as those of a pointer.
  package static func begins(_ contents: RawSpan) -> Bool {
    contents.byteCount >= beginning.count
      && beginning.indices.allSatisfy { contents.byte(at: $0) == beginning[$0] }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SourcePackage
package import SystemIO

/// A zip that waits to be sent: its members in a file without a name, and what goes behind them.
package struct ZipSpool: Sendable {
  private let file: SharedFile
  private let memberBytes: Int
  private let ending: ZipEnding

  /// The zip whose first `memberBytes` bytes are in `file`.
  package init(_ file: SharedFile, memberBytes: Int, ending: ZipEnding) {
    self.file = file
    self.memberBytes = memberBytes
    self.ending = ending
  }

  /// The zip with `provenance` as its last member.
  package func contents(_ provenance: Provenance?) -> Contents {
    Contents(file: file, memberBytes: memberBytes, ending: ending.bytes(provenance))
  }

  /// The bytes of a whole zip.
  package struct Contents: Sendable {
    fileprivate let file: SharedFile
    fileprivate let memberBytes: Int
    fileprivate let ending: [UInt8]

    /// How many there are.
    package var byteCount: Int { memberBytes + ending.count }

    /// At most `count` of them, from `offset` on; none at the end.
    package func bytes(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
      if offset >= memberBytes { return Array(ending.dropFirst(offset - memberBytes).prefix(count)) }
      return try file.descriptor.bytes(at: offset, count: min(count, memberBytes - offset))
    }

    /// The last of them, at most `count`.
    func tail(count: Int) throws(SystemError) -> [UInt8] {
      var bytes: [UInt8] = []
      var offset = max(0, byteCount - count)
      while offset < byteCount {
        let part = try self.bytes(at: offset, count: byteCount - offset)
        if part.isEmpty { break }
        bytes += part
        offset += part.count
      }
      return bytes
    }
  }
}

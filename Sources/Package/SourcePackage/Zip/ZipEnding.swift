// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import SourceTree
internal import SystemIO
internal import Zip

/// What goes behind the members of a zip: where it comes from, which is known only when it is sent, and the
/// directory.
package struct ZipEnding: Sendable {
  private static let name = Array(Provenance.path.utf8)

  private let plan: Plan
  private let directory: ZipDirectoryWriter

  init(_ plan: Plan, _ directory: ZipDirectoryWriter) {
    self.plan = plan
    self.directory = directory
  }

  /// The bytes, with `provenance` as the last member.
  package func bytes(_ provenance: Provenance?) -> [UInt8] {
    var directory = directory
    var bytes: [UInt8] = []
    if let provenance { bytes = Self.append(provenance.contents, to: &directory) }
    while let part = directory.nextPart({ index, name in
      if index < plan.entries.count { plan.path(of: index, into: &name) } else { name = Self.name }
    }) {
      bytes += part
    }
    return bytes
  }

  /// Adds the member of `contents` to `directory`, and returns its header and its bytes.
  private static func append(_ contents: [UInt8], to directory: inout ZipDirectoryWriter) -> [UInt8] {
    // SAFETY: bytes have no padding; the array lives as long as the call.
    let crc = crc32(unsafe contents.span.bytes)
    let member = ZipMember(
      method: .stored, isFolder: false, isExecutable: false, hasDescriptor: false, crc: crc,
      compressed: contents.count, size: contents.count)
    var bytes = WriteBuffer(capacity: contents.count + 256)
    ZipRecords.appendLocalHeader(member, name: name, to: &bytes)
    bytes.append(contents)
    directory.add(member)
    return bytes.array
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A segment of a large member of a zip.
struct ZipSegment {
  let crc: UInt32
  let size: Int
  let compressed: Int
  /// Whether the member ends with it.
  let isLast: Bool
}

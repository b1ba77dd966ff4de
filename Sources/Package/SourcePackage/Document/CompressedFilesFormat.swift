// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import Synchronization

/// Counts what compressed files were before: each part is compressed for itself and ends on a byte, so parts
/// can be made side by side and put behind each other.
final class CompressedFilesFormat: PackageFormat {
  private struct State {
    var crc: UInt32 = 0
    var count = 0
  }

  private let state = Mutex(State())

  func opening() -> [UInt8] { [] }

  func bind(_ encoded: inout EncodedUnit) {
    guard let plain = encoded.plain else { return }
    state.withLock { state in
      state.crc = crc32Combine(state.crc, plain.crc, secondLength: plain.count)
      state.count += plain.count
    }
  }

  func nextClosing() -> [UInt8]? { nil }

  var documentBytes: Int { 0 }

  /// The files that `blocks` hold.
  func files(_ blocks: [UInt8]) -> CompressedFiles {
    state.withLock { CompressedFiles(blocks: blocks, crc: $0.crc, count: $0.count) }
  }
}

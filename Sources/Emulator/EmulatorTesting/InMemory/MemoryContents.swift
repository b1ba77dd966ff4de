// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

/// The contents of records by their names.
final class MemoryContents: Sendable {
  private let contents = Mutex<[String: [UInt8]]>([:])

  subscript(name: String) -> [UInt8]? {
    get { contents.withLock { $0[name] } }
    set { contents.withLock { $0[name] = newValue } }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import PlatformEmulator
package import PlatformModel
internal import SystemIO

/// The records of an emulator, as tests look at them.
extension PlatformEmulator {
  /// The first store called `name`; nil if there is none.
  package func keyValueStore(named name: String) -> StoreRecord? {
    state.stores.values.filter { $0.name == name }.min { $0.id < $1.id }
  }

  /// The contents of the record `key` in the store called `name`, in memory; nil if there is none.
  package func record(_ key: String, in name: String) throws -> [UInt8]? {
    guard let record = keyValueStore(named: name)?.records[key] else { return nil }
    return try contents.file(record.contents).descriptor.bytes(at: 0, count: record.byteCount)
  }

  /// Calls `emit` with the contents of the record `key` in the store called `name`, in parts that fit in
  /// memory.
  ///
  /// - Returns: whether there is such a record.
  package func readRecord(_ key: String, in name: String, _ emit: ([UInt8]) throws -> Void) throws -> Bool {
    guard let record = keyValueStore(named: name)?.records[key] else { return false }
    let file = try contents.file(record.contents)
    var offset = 0
    while offset < record.byteCount {
      let part = try file.descriptor.bytes(at: offset, count: Swift.min(256 << 10, record.byteCount - offset))
      if part.isEmpty { throw PlatformError.internalError("the record's file has become shorter") }
      try emit(part)
      offset += part.count
    }
    return true
  }
}

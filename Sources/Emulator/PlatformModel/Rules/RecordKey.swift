// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The rule for the keys of records.
package enum RecordKey {
  /// Returns `key` if it can be a record's.
  package static func checked(_ key: String) throws(PlatformError) -> String {
    let isPlain = key.utf8.allSatisfy { byte in
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!-_.'()".utf8.contains(byte)
    }
    guard isPlain, (1...256).contains(key.utf8.count) else {
      throw .invalidInput("a record's key must match ^[a-zA-Z0-9!\\-_.'()]{1,256}$")
    }
    return key
  }
}

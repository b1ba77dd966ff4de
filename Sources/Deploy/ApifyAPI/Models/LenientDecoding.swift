// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension KeyedDecodingContainer {
  /// The value of an optional field; nil where it is missing, null, or of another type.
  func lenient<Value: Decodable>(_ key: Key, as type: Value.Type = Value.self) -> Value? {
    (try? decodeIfPresent(type, forKey: key)) ?? nil
  }
}

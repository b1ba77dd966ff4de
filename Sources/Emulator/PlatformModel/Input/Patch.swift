// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What a change says about a property: nothing, that it is removed, or its new value.
package enum Patch<Value: Sendable>: Sendable {
  case absent
  case null
  case value(Value)

  /// The property after the change.
  func applied(to existing: Value?) -> Value? {
    switch self {
    case .absent: existing
    case .null: nil
    case .value(let value): value
    }
  }

  /// Whether the change sets a value.
  var hasValue: Bool {
    if case .value = self { true } else { false }
  }
}

extension KeyedDecodingContainer {
  /// What the object says of `key`.
  func patch<Value: Decodable & Sendable>(_ type: Value.Type, forKey key: Key) throws -> Patch<Value> {
    guard contains(key) else { return .absent }
    return try decodeNil(forKey: key) ? .null : .value(try decode(type, forKey: key))
  }

  /// The value at `key`, nil only where the key is absent: a null is of the wrong type.
  func valueIfNamed<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
    contains(key) ? try decode(type, forKey: key) : nil
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import PlatformModel

/// JSON made wrong.
enum GarbledJSON {
  /// `bytes`, no longer JSON: the first byte stays, so that it looks like some.
  static func garbled(_ bytes: [UInt8]) -> [UInt8] {
    bytes.enumerated().map { index, byte in index % 3 == 1 ? byte ^ 0x80 : byte }
  }

  /// The same members with values of other types; what is not JSON stays as it is.
  static func mistyped(_ bytes: [UInt8]) -> [UInt8] {
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)),
      let changed = try? JSONEncoder().encode(mistyped(value))
    else { return bytes }
    return Array(changed)
  }

  private static func mistyped(_ value: JSONValue) -> JSONValue {
    switch value {
    case .null: .bool(true)
    case .bool: .string("true")
    case .integer, .number: .string("one")
    case .string: .integer(1)
    case .array: .object([:])
    case .object(let members): .object(members.mapValues(mistyped))
    }
  }
}

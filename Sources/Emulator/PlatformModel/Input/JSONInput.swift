// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials

/// The JSON of a request's body.
package enum JSONInput {
  /// Decodes `bytes` as the platform does: strictly, and naming the field of the first mistake.
  ///
  /// - Throws: 400 `invalid-input`, or what the rules of a field throw.
  package static func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: [UInt8]
  ) throws(PlatformError) -> Value {
    do {
      try JSONStrictness.check(bytes.span)
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
      throw .undecodable(error)
    }
  }
}

extension JSONInput {
  /// Requires that the input of a run is JSON.
  package static func checkRunInput(_ bytes: [UInt8]) throws(PlatformError) {
    do {
      try JSONStrictness.check(bytes.span)
      _ = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    } catch {
      throw .runInputNotJSON
    }
  }
}

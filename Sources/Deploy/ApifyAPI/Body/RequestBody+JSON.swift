// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import FoundationEssentials

extension RequestBody {
  /// Longer bodies are compressed, in bytes; as in the official clients.
  static let compressionThreshold = 1024

  /// `value` as JSON with sorted keys, compressed where it is longer than 1,024 bytes.
  ///
  /// - Throws: `APIError` of type `invalid-request` where `value` cannot be encoded (a number that is not
  ///   finite).
  package static func json(_ value: some Encodable) throws(APIError) -> RequestBody {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      let bytes = Array(try encoder.encode(value))
      guard bytes.count > compressionThreshold else { return RequestBody(bytes) }
      return RequestBody(try gzip(bytes), encoding: .gzip)
    } catch {
      throw APIError(type: .invalidRequest, message: "the request cannot be written as JSON: \(error)")
    }
  }

  /// `update` as JSON, which knows the secrets in it.
  package static func json(_ update: VersionUpdate) throws(APIError) -> RequestBody {
    try json(update, hiding: update.envVars ?? [])
  }

  /// `variable` as JSON, which knows whether that is a secret.
  package static func json(_ variable: EnvironmentVariable) throws(APIError) -> RequestBody {
    try json(variable, hiding: [variable])
  }

  private static func json(
    _ value: some Encodable, hiding variables: [EnvironmentVariable]
  ) throws(APIError) -> RequestBody {
    var body = try json(value)
    body.secrets = variables.compactMap(\.secretValue)
    return body
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import FoundationEssentials

extension RequestBody {
  /// From here on compressing is worth it; the official clients do the same.
  static let compressionThreshold = 1024

  /// `value` as JSON with sorted keys, compressed where it is longer than 1,024 bytes.
  ///
  /// - Throws: `APIError` of type `invalid-request` where `value` has no JSON (a number that isn't finite).
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
}

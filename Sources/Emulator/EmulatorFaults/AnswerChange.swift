// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What becomes of the answer to a request that was handled as usual.
package enum AnswerChange: Equatable, Sendable {
  /// It stops in the middle, and the connection stays.
  case stalls
  /// The connection ends once it is complete.
  case closes
  /// It is no JSON.
  case garbled
  /// It is JSON whose values have other types.
  case mistyped
  /// It begins as JSON, and goes on as long as the client listens.
  case endless
  /// It comes at this rate.
  case slow(bytesPerSecond: Int)
  /// It comes in chunks of so many bytes, and does not announce its length.
  case chunked(bytes: Int)
  /// It is compressed. An encoding that is not known here is only named.
  case compressed(encoding: String, isCut: Bool)
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A request as it arrived, without its body and its token.
package struct IncomingRequest: Sendable {
  /// Counts the requests of an emulator, from 1.
  package let number: Int
  /// `GET`, `PUT` and so on.
  package let method: String
  /// The path as it was sent, without the query.
  package let path: String
  /// The query as it was sent; a token in it is not shown.
  package let query: String?
  /// The pattern of the address, as in `/v2/actors/{ref}/versions/{version}`; nil where no handler has it.
  /// The older addresses under `acts` show as `actors`.
  package let route: String?
  /// The headers by their lower-case names, without `authorization` and `cookie`.
  package let headers: [String: String]
  /// Whether there was an `Authorization` header.
  package let hasAuthorization: Bool
}

/// A request and its answer.
package struct RequestRecord: Sendable {
  package let request: IncomingRequest
  /// The bytes of the body as they came over the wire, as far as they were read.
  package let wireBytes: Int
  /// The bytes of the body after decompression; 0 where it was not read.
  package let payloadBytes: Int
  /// The status of the answer; nil where the connection was cut without one.
  package let status: Int?
  /// The bytes of the answer's body.
  package let responseBytes: Int
  /// How long it took until the answer was ready.
  package let duration: Duration
  /// Whether an injected fault applied.
  package let wasFaulted: Bool
}

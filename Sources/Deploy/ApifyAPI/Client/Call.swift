// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// One thing to ask of the API.
package struct Call: Sendable {
  /// The methods that the API has.
  package enum Method: String, Sendable {
    /// Reads.
    case get = "GET"
    /// Changes.
    case put = "PUT"
    /// Creates.
    case post = "POST"
  }

  /// Whether asking twice is as good as asking once.
  package enum Repetition: Sendable {
    /// It is: try again whatever has happened.
    case idempotent
    /// It isn't: where the platform may have done it, look first.
    case lookFirst
  }

  /// Its method.
  package let method: Method
  /// From `/v2` on, percent-encoded, with the query.
  package let path: String
  /// What is sent.
  package let body: RequestBody?
  /// What may be done when the answer is lost.
  package let repetition: Repetition
  /// What kind of answer is understood.
  package var accept = "application/json"

  /// A `GET` of `/v2/` and `segments`, which are percent-encoded.
  package static func get(_ segments: String..., query: [(name: String, value: String)] = []) -> Call {
    Call(method: .get, path: path(segments, query), body: nil, repetition: .idempotent)
  }

  /// A `PUT`.
  package static func put(_ body: RequestBody, to segments: String...) -> Call {
    Call(method: .put, path: path(segments), body: body, repetition: .idempotent)
  }

  /// A `POST` that creates something.
  package static func create(
    _ body: RequestBody, in segments: String..., query: [(name: String, value: String)] = []
  ) -> Call {
    Call(method: .post, path: path(segments, query), body: body, repetition: .lookFirst)
  }

  /// A `POST` that may be repeated.
  package static func post(
    _ body: RequestBody, to segments: String..., query: [(name: String, value: String)] = []
  ) -> Call {
    Call(method: .post, path: path(segments, query), body: body, repetition: .idempotent)
  }

  /// The same, for an answer of any kind.
  package func acceptingAnything() -> Call {
    var call = self
    call.accept = "*/*"
    return call
  }

  private static func path(
    _ segments: [String], _ query: [(name: String, value: String)] = []
  ) -> String {
    let path = "/v2/" + segments.joined(separator: "/")
    if query.isEmpty { return path }
    let items = query.map { "\($0.name.percentEncodedSegment)=\($0.value.percentEncodedSegment)" }
    return path + "?" + items.joined(separator: "&")
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A call of the API.
package struct Call: Sendable {
  package enum Method: String, Sendable {
    case get = "GET"
    case put = "PUT"
    case post = "POST"
    case delete = "DELETE"
  }

  /// What may be done when the answer is lost.
  package enum Repetition: Sendable {
    /// Repeat the request, whatever has happened.
    case idempotent
    /// Look first whether the platform has carried it out, where that is possible.
    case lookFirst
    /// Look before each repetition, also after a plain refusal: others may have changed in the meantime what
    /// the request replaces.
    case lookEachTime
  }

  package let method: Method
  /// The path from `/v2` on, percent-encoded, with the query.
  package let path: String
  package let body: RequestBody?
  package private(set) var repetition: Repetition
  /// Whether the answer may come from another origin: the API has records at its storage, and says so.
  package var mayLeaveOrigin = false
  /// The `Accept` header.
  package var accept = "application/json"
  /// How many bytes of the answer's end are asked for; nil for all of it.
  package var tail: Int?

  /// A `GET` of `/v2/` and `segments`, which are percent-encoded.
  package static func get(_ segments: String..., query: [(name: String, value: String)] = []) -> Call {
    Call(method: .get, path: path(segments, query), body: nil, repetition: .idempotent)
  }

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

  /// A `DELETE`, which may be repeated.
  package static func delete(_ segments: String...) -> Call {
    Call(method: .delete, path: path(segments), body: nil, repetition: .idempotent)
  }

  /// The same call, for an answer of any type.
  package func acceptingAnything() -> Call {
    var call = self
    call.accept = "*/*"
    return call
  }

  /// The same call, for the last `count` bytes of the answer.
  package func askingForTail(_ count: Int) -> Call {
    var call = self
    call.tail = count
    return call
  }

  /// The same call, which looks before it is repeated.
  package func lookingEachTime() -> Call {
    var call = self
    call.repetition = .lookEachTime
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

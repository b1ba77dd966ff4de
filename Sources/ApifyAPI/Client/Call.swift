// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// One thing asked of the platform, and what may be done when the answer is lost.
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

  /// A `GET` of `/v2/` and `segments`, which are percent-encoded.
  package static func get(_ segments: String...) -> Call {
    Call(method: .get, path: path(segments), body: nil, repetition: .idempotent)
  }

  /// A `PUT`.
  package static func put(_ body: RequestBody, to segments: String...) -> Call {
    Call(method: .put, path: path(segments), body: body, repetition: .idempotent)
  }

  /// A `POST` that creates something.
  package static func create(_ body: RequestBody, in segments: String...) -> Call {
    Call(method: .post, path: path(segments), body: body, repetition: .lookFirst)
  }

  private static func path(_ segments: [String]) -> String { "/v2/" + segments.joined(separator: "/") }
}

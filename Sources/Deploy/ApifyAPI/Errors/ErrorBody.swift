// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials

/// The body of a response that is not 2xx.
package struct ErrorBody: Hashable, Sendable {
  /// The platform's type, or `invalid-response`.
  package let type: APIError.Code
  /// The platform's message, or a description of the body.
  package let message: String
  /// Whether it begins as JSON and does not end as JSON: the connection broke, which says nothing about the
  /// request.
  package let isCutOff: Bool

  /// Reads `{"error": {"type", "message"}}`, or describes another body; the token is removed.
  package init(_ body: [UInt8], token: APIToken) { self.init(body, Redaction(token)) }

  /// The same, without what `redaction` hides.
  init(_ body: [UInt8], _ redaction: Redaction) {
    if let answer = try? JSONDecoder().decode(Answer.self, from: Data(body)), let type = answer.error.type {
      self.type = .init(rawValue: redaction.clean(type: type))
      message = answer.error.message.map { redaction.clean($0, limit: 2000) } ?? "no reason given"
      isCutOff = false
      return
    }
    let isJSON = (try? JSONDecoder().decode(AnyJSON.self, from: Data(body))) != nil
    isCutOff = !isJSON && body.first == UInt8(ascii: "{")
    type = .invalidResponse
    message = Self.describe(body, clean: { redaction.clean($0, limit: 160) })
  }

  /// Describes a body that is not the JSON of the API.
  static func describe(_ body: [UInt8], clean: (String) -> String) -> String {
    let text = String(decoding: body.prefix(8192), as: UTF8.self)
    let isPage = text.drop { $0.isWhitespace }.hasPrefix("<")
    let excerpt = clean(isPage ? OneLine.textOfHTML(text) : text)
    guard !excerpt.isEmpty else { return "the answer is empty" }
    return isPage
      ? "the answer is a web page: \(excerpt)" : "the answer is not what the API sends: \(excerpt)"
  }

  private struct AnyJSON: Decodable {
    init(from decoder: any Decoder) throws {}
  }

  private struct Answer: Decodable {
    struct Failure: Decodable {
      var type: String?
      var message: String?
    }
    var error: Failure
  }
}

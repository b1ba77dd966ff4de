// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials

/// `{"data": …}`, which wraps every answer of the API.
struct Envelope<Value: Decodable>: Decodable {
  let data: Value

  static func decode(_ body: [UInt8]) throws -> Value {
    try JSONDecoder().decode(Self.self, from: Data(body)).data
  }
}

extension ResponseFacts.Verdict {
  /// The verdict about a 2xx response that was not decoded.
  init(_ error: any Error, body: [UInt8], _ redaction: Redaction) {
    func clean(_ text: String) -> String { redaction.clean(text, limit: 160) }
    switch error as? DecodingError {
    case .keyNotFound(let key, let context):
      self = .unexpected(clean("the answer lacks \(Self.path(context.codingPath + [key]))"))
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      self = .unexpected(clean("the answer has something unexpected at \(Self.path(context.codingPath))"))
    default:
      let text = body.prefix { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
      // The beginning of incomplete JSON does not help, and may be of the user's files.
      let isJSON = body.dropFirst(text.count).first == UInt8(ascii: "{")
      self = .garbled(
        isJSON
          ? "the answer is cut off or not valid JSON (\(body.count) bytes)"
          : ErrorBody.describe(body, clean: clean))
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.isEmpty
      ? "its beginning"
      : keys.map { key in key.intValue.map { String($0) } ?? key.stringValue }.joined(separator: ".")
  }
}

extension ErrorBody {
  /// The verdict about a response that is not 2xx.
  var verdict: ResponseFacts.Verdict {
    isCutOff ? .garbled("the answer is cut off") : .refused(type: type, message: message)
  }
}

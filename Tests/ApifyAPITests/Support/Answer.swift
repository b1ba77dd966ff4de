// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What the scripted server does with a request.
struct Answer: Sendable {
  enum End: Sendable {
    /// Keeps the connection.
    case keep
    /// Closes it.
    case close
    /// Resets it.
    case reset
  }

  var bytes: [UInt8]
  var end: End
  /// Whether it doesn't wait for the request's body.
  var isEarly = false

  /// Never answers.
  static let hang = Answer(bytes: [], end: .keep)
  /// Closes the connection without a word.
  static let close = Answer(bytes: [], end: .close)
  /// Resets it.
  static let reset = Answer(bytes: [], end: .reset)

  /// A complete response.
  static func send(_ status: Int, _ headers: [(String, String)] = [], body: [UInt8]) -> Answer {
    Answer(bytes: head(status, headers, length: body.count) + body, end: .keep)
  }

  /// A complete response of JSON.
  static func json(_ status: Int, _ headers: [(String, String)], _ text: String) -> Answer {
    send(status, [("Content-Type", "application/json; charset=utf-8")] + headers, body: Array(text.utf8))
  }

  /// A complete response of JSON.
  static func json(_ status: Int, _ text: String) -> Answer { json(status, [], text) }

  /// A good answer.
  static func json(_ text: String) -> Answer { json(200, [], text) }

  /// A gateway's page.
  static func page(_ status: Int, _ text: String) -> Answer {
    send(status, [("Content-Type", "text/html")], body: Array(text.utf8))
  }

  /// The platform's way to say no.
  static func error(_ status: Int, _ type: String, _ message: String = "No.") -> Answer {
    json(status, #"{"error":{"type":"\#(type)","message":"\#(message)"}}"#)
  }

  /// A refusal on sight of the request's head.
  static func early(_ status: Int, _ type: String) -> Answer {
    var answer = error(status, type)
    answer.isEarly = true
    return answer
  }

  /// A redirect.
  static func redirect(_ status: Int = 307, to location: String) -> Answer {
    send(status, [("Location", location)], body: [])
  }

  /// A response whose body ends before the length that it has promised.
  static func cutOff(_ text: String) -> Answer {
    Answer(bytes: head(200, [], length: text.utf8.count + 100) + Array(text.utf8), end: .close)
  }

  /// A response that is reset before the length that it has promised.
  static func resetWithin(_ text: String) -> Answer {
    var answer = cutOff(text)
    answer.end = .reset
    return answer
  }

  /// A response in chunks whose last one is missing.
  static func chunkedCutOff(_ text: String) -> Answer {
    let length = String(text.utf8.count, radix: 16)
    let lines = "HTTP/1.1 200 Scripted\r\nTransfer-Encoding: chunked\r\n\r\n\(length)\r\n\(text)\r\n"
    return Answer(bytes: Array(lines.utf8), end: .close)
  }

  /// A response that stops before the length that it has promised, on a connection that stays open.
  static func stalled(_ text: String) -> Answer {
    var answer = cutOff(text)
    answer.end = .keep
    return answer
  }

  private static func head(_ status: Int, _ headers: [(String, String)], length: Int) -> [UInt8] {
    let lines = headers + [("Content-Length", "\(length)")]
    let text = "HTTP/1.1 \(status) Scripted\r\n" + lines.map { "\($0.0): \($0.1)\r\n" }.joined() + "\r\n"
    return Array(text.utf8)
  }
}

/// A request as it arrived.
struct Received: Sendable {
  var method: String
  var target: String
  var headers: [(name: String, value: String)]
  var body: [UInt8]

  /// The values of the header `name`.
  subscript(name: String) -> [String] {
    headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
  }

  var line: String { "\(method) \(target)" }
  var text: String { String(decoding: body, as: UTF8.self) }
}

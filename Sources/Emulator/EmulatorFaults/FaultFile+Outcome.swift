// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import PlatformModel

extension Fault.Outcome {
  /// The names of the faults, as files have them.
  static let names = [
    "none", "status", "html", "hang", "hang-in-answer", "close", "close-in-request", "close-after-request",
    "close-in-answer", "close-after-answer", "cut-json", "garbled-json", "mistyped-json", "endless-json",
    "slow", "redirect", "chunked", "compressed",
  ]

  /// Reads the fault called `name`, with its parameters.
  init(_ name: String, _ fields: inout FaultFields) throws(FaultFile.Failure) {
    switch name {
    case "none": self = .handled
    case "status": self = try Self.status(&fields)
    case "html": self = try Self.page(&fields)
    case "hang": self = .hung(isDone: try fields.bool("done"))
    case "hang-in-answer": self = .changedAnswer(.stalls)
    case "close": self = try fields.bool("done") ? .lostAnswer : .droppedConnection
    case "close-in-request":
      guard let count = try fields.integer("bytes", in: 0...1_000_000_000) else {
        throw fields.failure("bytes", "is missing")
      }
      self = .cutUpload(afterBytes: count)
    case "close-after-request": self = .droppedAfterRequest
    case "close-in-answer": self = .cutOffBody
    case "close-after-answer": self = .changedAnswer(.closes)
    case "cut-json": self = .truncatedJSON
    case "garbled-json": self = .changedAnswer(.garbled)
    case "mistyped-json": self = .changedAnswer(.mistyped)
    case "endless-json": self = .changedAnswer(.endless)
    case "slow":
      guard let rate = try fields.integer("bytesPerSecond", in: 1...1_000_000_000) else {
        throw fields.failure("bytesPerSecond", "is missing")
      }
      self = .changedAnswer(.slow(bytesPerSecond: rate))
    case "redirect":
      guard let location = try fields.string("location"), !location.isEmpty else {
        throw fields.failure("location", "is missing")
      }
      self = .redirect(status: try fields.integer("status", in: 300...399) ?? 307, location: location)
    case "chunked":
      self = .changedAnswer(.chunked(bytes: try fields.integer("bytes", in: 1...1_000_000_000) ?? 1))
    case "compressed":
      let encoding = try fields.string("encoding") ?? "gzip"
      guard !encoding.isEmpty, encoding.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
        throw fields.failure("encoding", "must be a word")
      }
      self = .changedAnswer(.compressed(encoding: encoding, isCut: try fields.bool("cut")))
    default:
      throw fields.failure("fault", "must be one of \(Self.names.joined(separator: ", "))")
    }
  }

  private static func status(_ fields: inout FaultFields) throws(FaultFile.Failure) -> Self {
    guard let status = try fields.integer("status", in: 200...599) else {
      throw fields.failure("status", "is missing")
    }
    let type = try fields.string("type") ?? "injected-fault"
    let message = try fields.string("message") ?? "A fault that was asked for."
    let body = (try? JSONEncoder().encode(["error": ["type": type, "message": message]])) ?? Data()
    return try answer(
      status, "application/json; charset=utf-8", String(decoding: body, as: UTF8.self), &fields)
  }

  /// A gateway's page in place of JSON.
  private static func page(_ fields: inout FaultFields) throws(FaultFile.Failure) -> Self {
    let status = try fields.integer("status", in: 200...599) ?? 503
    let title = "\(status) Service Temporarily Unavailable"
    return try answer(
      status, "text/html", "<html><head><title>\(title)</title></head><body><h1>\(title)</h1></body></html>",
      &fields)
  }

  private static func answer(
    _ status: Int, _ type: String, _ body: String, _ fields: inout FaultFields
  ) throws(FaultFile.Failure) -> Self {
    var headers = ["content-type": type]
    switch fields.value("retryAfter") {
    case nil: break
    case .integer(let seconds)? where seconds >= 0: headers["retry-after"] = "\(seconds)"
    case .string(let text)? where text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }):
      headers["retry-after"] = text
    default: throw fields.failure("retryAfter", "must be a number of seconds, or the header's text")
    }
    return try fields.bool("done")
      ? .replacedAnswer(status: status, headers: headers, body: body)
      : .raw(status: status, headers: headers, body: body)
  }
}

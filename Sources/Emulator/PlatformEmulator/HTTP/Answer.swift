// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
package import Hummingbird
package import PlatformModel

/// Answers in the forms of the API.
package enum Answer {
  /// `{"data": value}`.
  static func data(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
    try json(["data": value], status: status)
  }

  /// `{"error": {"type", "message"}}`.
  package static func error(_ error: PlatformError, headers: HTTPFields = [:]) -> Response {
    let body = ["error": ["type": error.type, "message": error.message]]
    let status = HTTPResponse.Status(code: error.status)
    do {
      return try json(body, status: status, headers: headers)
    } catch {
      return Response(status: status, headers: headers)
    }
  }

  /// Nothing but the status 204.
  static var noContent: Response { Response(status: .noContent) }

  private static func json(
    _ value: some Encodable, status: HTTPResponse.Status, headers: HTTPFields = [:]
  ) throws -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var headers = headers
    headers[.contentType] = "application/json; charset=utf-8"
    return Response(
      status: status, headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
  }
}

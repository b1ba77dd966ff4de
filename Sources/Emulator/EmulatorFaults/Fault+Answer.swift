// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import NIOCore
internal import PlatformEmulator
internal import PlatformModel

extension Fault.Outcome {
  /// Answers `request` as this says.
  ///
  /// - Parameter next: handles a request as usual.
  /// - Throws: `ConnectionCut` where there is no answer.
  func answer(
    to request: Request, _ context: EmulatorContext, next: (Request) async throws -> Response
  ) async throws -> Response {
    switch self {
    case .handled:
      return try await next(request)
    case .error(let status, let type, let message):
      return Answer.error(PlatformError(status: status, type: type, message: message))
    case .raw(let status, let headers, let body):
      return Self.response(status: status, headers: headers, body: body)
    case .redirect(let status, let location):
      return Self.response(status: status, headers: ["location": location], body: "")
    case .droppedConnection:
      return try await cut(context)
    case .droppedAfterRequest:
      for try await _ in request.body {}
      return try await cut(context)
    case .cutUpload(let count):
      var request = request
      request.body = RequestBody(asyncSequence: CutBody(whole: request.body, count: count))
      _ = try? await next(request)
      return try await cut(context)
    case .lostAnswer:
      _ = try await next(request)
      return try await cut(context)
    case .refusedAfterwards(let status, let type, let message):
      _ = try await next(request)
      return Answer.error(PlatformError(status: status, type: type, message: message))
    case .replacedAnswer(let status, let headers, let body):
      _ = try await next(request)
      return Self.response(status: status, headers: headers, body: body)
    case .held(let gate, let isDone):
      if isDone { _ = try await next(request) }
      await gate.pass()
      return try await cut(context)
    case .hung(let isDone):
      if isDone { _ = try await next(request) }
      try await context.channel.waitForClose()
      return try await cut(context)
    case .truncatedJSON:
      return try await next(request).truncated(keepingLength: false)
    case .cutOffBody:
      return try await next(request).truncated(keepingLength: true)
    case .changedAnswer(let change):
      return try await next(request).changed(change, context)
    }
  }

  private func cut(_ context: EmulatorContext) async throws -> Response {
    // The client may have closed the connection in the meantime.
    try? await context.channel.close().get()
    throw FaultInjector.ConnectionCut()
  }

  private static func response(status: Int, headers: [String: String], body: String) -> Response {
    var fields = HTTPFields()
    for (name, value) in headers {
      if let name = HTTPFields.Element.Name(name) { fields[name] = value }
    }
    return Response(
      status: HTTPResponse.Status(code: status), headers: fields,
      body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
  }
}

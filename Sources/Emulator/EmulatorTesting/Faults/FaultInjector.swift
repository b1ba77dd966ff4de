// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import NIOCore
internal import PlatformEmulator
internal import PlatformModel
internal import Synchronization

/// The queue of faults, edits and the hook: what tests put between a request and its handling.
final class FaultInjector: Sendable {
  private struct State {
    var queue: [Fault] = []
    var hook: (@Sendable (IncomingRequest) async -> Void)?
    var edits: [(method: String, route: String, body: @Sendable () async -> Void)] = []
  }

  /// Thrown where the connection was cut on purpose, in place of an answer.
  struct ConnectionCut: Error {}

  private let state = Mutex(State())
  private let sleep: @Sendable (Duration) async throws -> Void

  init(sleep: @escaping @Sendable (Duration) async throws -> Void) { self.sleep = sleep }

  var pending: Int { state.withLock { $0.queue.count } }
  func add(_ faults: [Fault]) { state.withLock { $0.queue += faults } }
  func clear() { state.withLock { $0.queue = [] } }
  func setHook(_ hook: (@Sendable (IncomingRequest) async -> Void)?) { state.withLock { $0.hook = hook } }

  func addEdit(_ method: String, _ route: String, _ body: @escaping @Sendable () async -> Void) {
    state.withLock { $0.edits.append((method, route, body)) }
  }

  func handle(
    _ incoming: IncomingRequest, _ request: Request, context: EmulatorContext,
    next: (Request) async throws -> Response
  ) async throws -> Response {
    let hook = state.withLock { $0.hook }
    await hook?(incoming)
    if let edit = takeEdit(for: incoming) { await edit() }
    guard let fault = take(for: incoming) else { return try await next(request) }
    context.exchange.note { $0.wasFaulted = true }
    if fault.delay > .zero { try await sleep(fault.delay) }
    switch fault.outcome {
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
    case .held(let gate, let isDone):
      if isDone { _ = try await next(request) }
      await gate.pass()
      return try await cut(context)
    case .truncatedJSON:
      return try await next(request).truncated(keepingLength: false)
    case .cutOffBody:
      return try await next(request).truncated(keepingLength: true)
    }
  }

  private func take(for request: IncomingRequest) -> Fault? {
    state.withLock { state in
      state.queue.firstIndex { $0.matches(request) }.map { state.queue.remove(at: $0) }
    }
  }

  private func takeEdit(for request: IncomingRequest) -> (@Sendable () async -> Void)? {
    state.withLock { state in
      let index = state.edits.firstIndex { $0.method == request.method && $0.route == request.route }
      return index.map { state.edits.remove(at: $0).body }
    }
  }

  private func cut(_ context: EmulatorContext) async throws -> Response {
    // The client may have closed the connection in the meantime.
    try? await context.channel.close().get()
    throw ConnectionCut()
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

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import Synchronization
internal import TestSupport

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// An HTTP/1.1 server on loopback that answers one request after the other as it was told, and remembers what
/// it got. Where the script has ended it answers 599, which no test expects.
final class ScriptedServer: Sendable {
  private struct State: Sendable {
    var answers: [Answer]
    var received: [Received] = []
  }

  private let state: Mutex<State>
  private let portBox = Mutex(0)

  private init(_ answers: [Answer]) { state = Mutex(State(answers: answers)) }

  /// The address, without a path.
  var url: String { "http://127.0.0.1:\(port)" }
  /// The port that it listens on.
  var port: Int { portBox.withLock { $0 } }
  /// What has arrived so far.
  var received: [Received] { state.withLock { $0.received } }

  /// Runs `body` with a server that gives `answers`.
  static func run<Result>(
    _ answers: Answer..., body: (ScriptedServer) async throws -> Result
  ) async throws -> Result {
    try await run(answers, body: body)
  }

  /// Runs `body` with a server that gives `answers`, over TLS where there are settings for that.
  static func run<Result>(
    _ answers: [Answer], tls: NIOSSLContext? = nil, body: (ScriptedServer) async throws -> Result
  ) async throws -> Result {
    let server = ScriptedServer(answers)
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 16)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
          try channel.pipeline.syncOperations.addHandlers(
            ByteToMessageHandler(HTTPRequestDecoder()), Handler(server: server))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    server.portBox.withLock { $0 = channel.localAddress?.port ?? 0 }
    do {
      let result = try await body(server)
      try await channel.close()
      return result
    } catch {
      try? await channel.close()
      throw error
    }
  }

  /// Returns when `count` requests have arrived; a minute later it throws.
  func arrival(_ count: Int) async throws {
    try await waitUntil("\(count) requests", instead: { "\(self.received.map(\.line))" }) {
      self.received.count >= count ? () : nil
    }
  }

  fileprivate var answersEarly: Bool { state.withLock { $0.answers.first?.isEarly ?? false } }

  fileprivate func answer(_ request: Received) -> Answer {
    state.withLock { state in
      state.received.append(request)
      return state.answers.isEmpty ? Answer.json(599, "{}") : state.answers.removeFirst()
    }
  }
}

private final class Handler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = ByteBuffer

  private let server: ScriptedServer
  private var request: Received?

  init(server: ScriptedServer) { self.server = server }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      let fields = head.headers.map { (name: $0.name, value: $0.value) }
      let request = Received(method: head.method.rawValue, target: head.uri, headers: fields, body: [])
      // What follows an early answer is read and dropped.
      if server.answersEarly { give(server.answer(request), context) } else { self.request = request }
    case .body(let part): request?.body.append(contentsOf: part.readableBytesView)
    case .end:
      guard let request else { return }
      self.request = nil
      give(server.answer(request), context)
    }
  }

  private func give(_ answer: Answer, _ context: ChannelHandlerContext) {
    if answer.end == .reset {
      // Lingering for no time makes the system send a reset.
      _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
    }
    if !answer.bytes.isEmpty {
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: answer.bytes)), promise: nil)
    }
    if answer.end != .keep { context.close(promise: nil) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

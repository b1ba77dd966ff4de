// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// A proxy on loopback that answers CONNECT as it was told, and connects to one server, whatever was asked
/// for.
final class ConnectProxy: Sendable {
  private let seen = Mutex<[String]>([])
  private let portBox = Mutex(0)

  /// The heads of the requests that arrived, as they were.
  var heads: [String] { seen.withLock { $0 } }
  /// The port that it listens on.
  var port: Int { portBox.withLock { $0 } }

  /// Runs `body` with a proxy that connects to `target`, a port of loopback; or gives `answer`, a status
  /// line, in place of that.
  static func run<Result>(
    to target: Int, answer: String? = nil, body: (ConnectProxy) async throws -> Result
  ) async throws -> Result {
    let proxy = ConnectProxy()
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            FrontHandler(proxy: proxy, target: target, answer: answer))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    proxy.portBox.withLock { $0 = channel.localAddress?.port ?? 0 }
    do {
      let result = try await body(proxy)
      try await channel.close()
      return result
    } catch {
      try? await channel.close()
      throw error
    }
  }

  fileprivate func note(_ head: String) { seen.withLock { $0.append(head) } }
}

/// Reads the head of a request, then hands on all bytes.
private final class FrontHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let proxy: ConnectProxy
  private let target: Int
  private let answer: String?
  private var head = ""
  private var server: (any Channel)?

  init(proxy: ConnectProxy, target: Int, answer: String?) {
    self.proxy = proxy
    self.target = target
    self.answer = answer
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data)
    if let server { return server.writeAndFlush(bytes, promise: nil) }
    head += String(buffer: bytes)
    guard head.hasSuffix("\r\n\r\n") else { return }
    proxy.note(head)
    if let answer {
      context.writeAndFlush(
        wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 \(answer)\r\nContent-Length: 0\r\n\r\n")), promise: nil)
      context.close(promise: nil)
      return
    }
    let client = context.channel
    let connected = ClientBootstrap(group: context.eventLoop).channelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(BackHandler(client: client))
      }
    }.connect(host: "127.0.0.1", port: target)
    connected.assumeIsolated().whenComplete { result in
      switch result {
      case .success(let channel):
        self.server = channel
        client.writeAndFlush(ByteBuffer(string: "HTTP/1.1 200 Connected\r\n\r\n"), promise: nil)
      case .failure: client.close(promise: nil)
      }
    }
  }

  func channelInactive(context: ChannelHandlerContext) { server?.close(promise: nil) }
  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

private final class BackHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let client: any Channel

  init(client: any Channel) { self.client = client }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    client.writeAndFlush(unwrapInboundIn(data), promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { client.close(promise: nil) }
  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// Fetches the certificates of a server that was not trusted: the TLS library says that one failed, not why.
///
/// The handshake of the probe fails by design, once the certificates are seen: nothing is sent over it.
enum CertificateProbe {
  /// The server's certificates, its own first; none where they cannot be had within `limit`.
  static func certificates(
    of origin: Origin, by proxy: ProxyAddress?, within limit: Duration
  ) async -> [PeerCertificate] {
    guard proxy?.kind != .socks else { return [] }
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let found = loop.makePromise(of: [[UInt8]].self)
    let end = loop.scheduleTask(in: TimeAmount(limit)) { found.succeed([]) }
    let bootstrap = ClientBootstrap(group: loop).connectTimeout(TimeAmount(limit)).channelInitializer {
      channel in
      channel.eventLoop.makeCompletedFuture {
        let pipeline = channel.pipeline.syncOperations
        let tls = try handler(origin, found)
        try pipeline.addHandler(proxy.map { ConnectHandler(to: origin, by: $0, then: tls) } ?? tls)
        try pipeline.addHandler(EndHandler(found: found))
      }
    }
    let channel = bootstrap.connect(host: proxy?.host ?? origin.host, port: proxy?.port ?? origin.port)
    channel.whenFailure { _ in found.succeed([]) }
    let certificates = await withTaskCancellationHandler {
      (try? await found.futureResult.get()) ?? []
    } onCancel: {
      found.succeed([])
    }
    end.cancel()
    channel.whenSuccess { $0.close(promise: nil) }
    return certificates.compactMap { PeerCertificate(der: $0) }
  }

  private static func handler(
    _ origin: Origin, _ found: EventLoopPromise<[[UInt8]]>
  ) throws -> any ChannelHandler {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.trustRoots = .certificates([])
    return try NIOSSLClientHandler(
      context: NIOSSLContext(configuration: configuration),
      serverHostname: IPAddress(origin.host) == nil ? origin.host : nil,
      customVerificationCallback: { certificates, verdict in
        found.succeed(certificates.compactMap { try? $0.toDERBytes() })
        verdict.succeed(.failed)
      })
  }
}

/// Ends the probe where the connection does.
private final class EndHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let found: EventLoopPromise<[[UInt8]]>

  init(found: EventLoopPromise<[[UInt8]]>) { self.found = found }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    found.succeed([])
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    found.succeed([])
    context.fireChannelInactive()
  }
}

/// Asks a proxy for a way to a server (RFC 9110, section 9.3.6), and makes place for another handler then.
private final class ConnectHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let request: String
  private let handler: any ChannelHandler
  private var answer: [UInt8] = []

  init(to origin: Origin, by proxy: ProxyAddress, then handler: any ChannelHandler) {
    let host = origin.host.contains(":") ? "[\(origin.host)]" : origin.host
    let target = "\(host):\(origin.port)"
    let credentials = proxy.authorization.map { "Proxy-Authorization: \($0)\r\n" } ?? ""
    request = "CONNECT \(target) HTTP/1.1\r\nHost: \(target)\r\n\(credentials)\r\n"
    self.handler = handler
  }

  func channelActive(context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    answer += unwrapInboundIn(data).readableBytesView
    guard answer.count < 1 << 16 else { return context.close(promise: nil) }
    guard answer.suffix(4) == Array("\r\n\r\n".utf8)[...] else { return }
    guard answer.dropFirst(8).starts(with: " 2".utf8) else { return context.close(promise: nil) }
    let pipeline = context.pipeline.syncOperations
    do { try pipeline.addHandler(handler, position: .after(self)) } catch {
      return context.close(promise: nil)
    }
    pipeline.removeHandler(context: context, promise: nil)
  }
}

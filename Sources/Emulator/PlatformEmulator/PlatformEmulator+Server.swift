// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import Synchronization
internal import SystemIO

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// A server that listens until its connections are stopped; its task ends then.
struct RunningServer: Sendable {
  let connections: StoppableConnections
  let task: Task<Void, Never>
}

extension PlatformEmulator {
  /// Starts to listen. When this returns, requests are answered.
  @discardableResult
  package func start() async throws(EmulatorError) -> Address {
    let (events, continuation) = AsyncStream.makeStream(of: Result<Int, any Error>.self)
    let connections = StoppableConnections()
    let application = makeApplication(connections) { socket in
      connections.listen(on: socket)
      if !connections.isStopped { continuation.yield(.success(socket.localAddress?.port ?? 0)) }
    }
    let isFirst = server.withLock { server in
      guard server == nil else { return false }
      let task = Task {
        do {
          try await application.run()
        } catch {
          if !connections.isStopped { continuation.yield(.failure(error)) }
        }
        continuation.finish()
      }
      server = RunningServer(connections: connections, task: task)
      return true
    }
    guard isFirst else { throw .alreadyRunning }
    for await event in events {
      switch event {
      case .success(let port):
        let address = Address(port: port)
        self.address.set(address)
        return address
      case .failure(let error):
        await stop()
        throw failure(error)
      }
    }
    await stop()
    throw .cannotListen(port: configuration.port, reason: "it was stopped")
  }

  /// Stops listening and closes the connections; requests in progress are given up. The state stays.
  package func stop() async {
    let running = server.withLock { server in
      defer { server = nil }
      return server
    }
    address.set(nil)
    runner.stop()
    running?.connections.stop()
    await running?.task.value
  }

  private func makeApplication(
    _ connections: StoppableConnections,
    onServerRunning: @escaping @Sendable (any Channel) async -> Void
  ) -> some ApplicationProtocol {
    let router = Router(context: EmulatorContext.self)
    router.add(
      middleware: RequestRecorder(log: log, seam: seam, onRecord: configuration.onRequest))
    router.add(middleware: ErrorAnswers())
    let endpoints = Endpoints(
      store: store, contents: contents, runner: runner,
      source: BuildSource(
        store: store, contents: contents, address: address, publicURL: configuration.publicURL), seam: seam,
      clock: configuration.clock, sleep: configuration.sleep)
    endpoints.register(on: router)
    return Application(
      router: router,
      server: HTTPServerBuilder { responder in
        StoppableChannel(base: HTTP1Channel(responder: responder), connections: connections)
      },
      configuration: ApplicationConfiguration(
        address: .hostname("127.0.0.1", port: configuration.port), serverName: "actorpush-emulator"),
      onServerRunning: onServerRunning,
      logger: Logger(label: "actorpush-emulator") { _ in SwiftLogNoOpLogHandler() })
  }

  private func failure(_ error: any Error) -> EmulatorError {
    let port = configuration.port
    guard let error = error as? IOError else { return .cannotListen(port: port, reason: "\(error)") }
    return error.errnoCode == EADDRINUSE
      ? .portInUse(port)
      : .cannotListen(port: port, reason: SystemError(code: error.errnoCode).message)
  }
}

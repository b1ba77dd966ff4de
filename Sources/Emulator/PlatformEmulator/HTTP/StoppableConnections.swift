// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import Synchronization

/// Where a server listens, and what it does for its connections, so that it can be stopped.
///
/// NIO ends the program where a connection that was set up is dropped and not served, or half closed before
/// it is active. A server that is cancelled does both. So each is kept here from the time it was set up, is
/// served once, if only after it was closed, and is closed as a whole before what serves it is cancelled. NIO
/// also forgets, and does not close, what it has accepted while the socket is closed: that is closed here.
final class StoppableConnections: Sendable {
  private struct State {
    var isStopped = false
    var socket: (any Channel)?
    var open: [ObjectIdentifier: any Channel] = [:]
    /// What serves those connections that are set up, and that nothing has begun to serve.
    var work: [ObjectIdentifier: @Sendable () async -> Void] = [:]
    var tasks: [ObjectIdentifier: Task<Void, Never>] = [:]
  }

  private let state = Mutex(State())

  /// Whether it was stopped: nothing is served any longer.
  var isStopped: Bool { state.withLock { $0.isStopped } }

  /// The server listens on a socket from now on.
  func listen(on socket: any Channel) {
    let isStopped = state.withLock { state in
      state.socket = socket
      return state.isStopped
    }
    if isStopped { socket.close(promise: nil) }
  }

  /// A connection was accepted.
  func accept(_ connection: any Channel) {
    let key = ObjectIdentifier(connection)
    let isStopped = state.withLock { state in
      state.open[key] = connection
      return state.isStopped
    }
    connection.closeFuture.whenComplete { _ in self.close(key) }
    if isStopped { connection.close(promise: nil) }
  }

  /// A connection was set up; `work` is to be done for it, once.
  func keep(_ connection: any Channel, _ work: @escaping @Sendable () async -> Void) {
    let key = ObjectIdentifier(connection)
    let isOpen = state.withLock { state in
      state.work[key] = work
      return state.open[key] != nil
    }
    if !isOpen { close(key) }
  }

  /// Serves a connection until all is done or the server is stopped; nothing where it was closed before.
  func serve(_ connection: any Channel) async { await begin(ObjectIdentifier(connection))?.value }

  /// Closes the socket and the connections, and ends what is done for them, now and later.
  func stop() {
    let (socket, open) = state.withLock { state in
      state.isStopped = true
      return (state.socket, state.open)
    }
    socket?.close(promise: nil)
    for connection in open.values { connection.close(promise: nil) }
  }

  /// A connection was closed.
  private func close(_ key: ObjectIdentifier) {
    let task = state.withLock { state in
      state.open[key] = nil
      return state.isStopped ? state.tasks[key] : nil
    }
    task?.cancel()
    _ = begin(key)
  }

  private func begin(_ key: ObjectIdentifier) -> Task<Void, Never>? {
    state.withLock { state in
      guard let work = state.work.removeValue(forKey: key) else { return nil }
      let task = Task {
        await work()
        self.state.withLock { _ = $0.tasks.removeValue(forKey: key) }
      }
      state.tasks[key] = task
      return task
    }
  }
}

/// The connections of a server, each served until the server is stopped.
struct StoppableChannel<Base: ServerChildChannel>: ServerChildChannel {
  let base: Base
  let connections: StoppableConnections

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
    connections.accept(channel)
    return base.setup(channel: channel, logger: logger).map { value in
      connections.keep(channel) { await base.handle(value: value, logger: logger) }
      return value
    }
  }

  func handle(value: Base.Value, logger: Logger) async {
    await connections.serve(value.channel)
  }
}

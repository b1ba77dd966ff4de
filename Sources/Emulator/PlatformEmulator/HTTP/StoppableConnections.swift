// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import Synchronization

/// Where a server listens, and what it does for its connections, so that it can be stopped.
///
/// A server whose task is cancelled drops the connections that it has accepted and not looked at yet, and
/// NIO ends the program where one is dropped. So the server is never cancelled: its socket is closed, by
/// which it ends when it has looked at all of them, and what is done for each is cancelled. NIO forgets, and
/// does not close, what it has accepted while the socket is closed: that is closed here.
final class StoppableConnections: Sendable {
  private struct State {
    var isStopped = false
    var socket: (any Channel)?
    var waiting: [ObjectIdentifier: any Channel] = [:]
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

  /// A connection was accepted, and waits for what serves it.
  func accept(_ connection: any Channel) {
    let key = ObjectIdentifier(connection)
    let isStopped = state.withLock { state in
      if !state.isStopped { state.waiting[key] = connection }
      return state.isStopped
    }
    connection.closeFuture.whenComplete { _ in self.state.withLock { _ = $0.waiting.removeValue(forKey: key) }
    }
    if isStopped { connection.close(promise: nil) }
  }

  /// Serves a connection, until all is done or the server is stopped.
  func serve(_ connection: any Channel, _ work: @escaping @Sendable () async -> Void) async {
    let key = ObjectIdentifier(connection)
    let task = Task { await work() }
    state.withLock { state in
      state.waiting[key] = nil
      state.tasks[key] = task
      if state.isStopped { task.cancel() }
    }
    await task.value
    state.withLock { _ = $0.tasks.removeValue(forKey: key) }
  }

  /// Closes the socket and the connections that wait, and cancels what is done for the others, now and later.
  func stop() {
    let state = state.withLock { state in
      state.isStopped = true
      return state
    }
    state.socket?.close(promise: nil)
    for connection in state.waiting.values { connection.close(promise: nil) }
    for task in state.tasks.values { task.cancel() }
  }
}

/// The connections of a server, each served until the server is stopped.
struct StoppableChannel<Base: ServerChildChannel>: ServerChildChannel {
  let base: Base
  let connections: StoppableConnections

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
    connections.accept(channel)
    return base.setup(channel: channel, logger: logger)
  }

  func handle(value: Base.Value, logger: Logger) async {
    await connections.serve(value.channel) { await base.handle(value: value, logger: logger) }
  }
}

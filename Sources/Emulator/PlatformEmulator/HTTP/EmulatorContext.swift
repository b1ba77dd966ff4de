// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import NIOCore
internal import Synchronization

/// What travels with a request through middleware and handlers.
struct EmulatorContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The connection, for faults that cut it.
  let channel: any Channel
  /// What is learned about the request on the way.
  let exchange = Exchange()

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }
}

/// What is learned about one request while it is handled; the recorder reads it at the end.
final class Exchange: Sendable {
  struct Facts {
    /// The bytes of the body as they came, and after decompression.
    var wireBytes = 0
    var payloadBytes = 0
    var wasFaulted = false
  }

  private let facts = Mutex(Facts())

  var current: Facts { facts.withLock { $0 } }
  func note(_ change: (inout Facts) -> Void) { facts.withLock { change(&$0) } }
}

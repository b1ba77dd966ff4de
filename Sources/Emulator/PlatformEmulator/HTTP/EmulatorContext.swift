// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import Hummingbird
package import NIOCore
internal import Synchronization

/// What goes with a request through middleware and handlers.
package struct EmulatorContext: RequestContext {
  package var coreContext: CoreRequestContextStorage
  /// The connection, for faults that cut it.
  package let channel: any Channel
  /// Facts about the request, noted while it is handled.
  package let exchange = Exchange()

  package init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }
}

/// Facts about one request, noted while it is handled; the recorder reads them at the end.
package final class Exchange: Sendable {
  package struct Facts {
    /// The bytes of the body as they came, and after decompression.
    package var wireBytes = 0
    package var payloadBytes = 0
    package var wasFaulted = false
  }

  private let facts = Mutex(Facts())

  var current: Facts { facts.withLock { $0 } }
  package func note(_ change: (inout Facts) -> Void) { facts.withLock { change(&$0) } }
}

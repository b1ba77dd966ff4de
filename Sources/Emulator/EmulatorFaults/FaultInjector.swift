// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import Hummingbird
package import PlatformEmulator
internal import Synchronization

/// What stands between a request and its handling: a queue of faults, a schedule of faults, and edits and a
/// hook of tests.
package final class FaultInjector: Sendable {
  private struct State {
    var queue: [Fault] = []
    var schedule = FaultSchedule([])
    var hook: (@Sendable (IncomingRequest) async -> Void)?
    var edits: [(method: String, route: String, body: @Sendable () async -> Void)] = []
  }

  /// Thrown where the connection was cut on purpose, in place of an answer.
  struct ConnectionCut: Error {}

  private let state = Mutex(State())
  private let sleep: @Sendable (Duration) async throws -> Void

  package init(sleep: @escaping @Sendable (Duration) async throws -> Void) { self.sleep = sleep }

  package var pending: Int { state.withLock { $0.queue.count } }
  package func add(_ faults: [Fault]) { state.withLock { $0.queue += faults } }
  package func clear() { state.withLock { $0.queue = [] } }

  /// The faults that wait for the requests that they are about.
  package var schedule: FaultSchedule {
    get { state.withLock { $0.schedule } }
    set { state.withLock { $0.schedule = newValue } }
  }

  package func setHook(_ hook: (@Sendable (IncomingRequest) async -> Void)?) {
    state.withLock { $0.hook = hook }
  }

  package func addEdit(_ method: String, _ route: String, _ body: @escaping @Sendable () async -> Void) {
    state.withLock { $0.edits.append((method, route, body)) }
  }

  package func handle(
    _ incoming: IncomingRequest, _ request: Request, context: EmulatorContext,
    next: (Request) async throws -> Response
  ) async throws -> Response {
    let hook = state.withLock { $0.hook }
    await hook?(incoming)
    if let edit = takeEdit(for: incoming) { await edit() }
    guard let (outcome, delay) = take(for: incoming) else { return try await next(request) }
    context.exchange.note { $0.wasFaulted = true }
    if delay > .zero { try await sleep(delay) }
    return try await outcome.answer(to: request, context, next: next)
  }

  /// What is to happen to `request`: what is queued comes before what is scheduled.
  private func take(for request: IncomingRequest) -> (outcome: Fault.Outcome, delay: Duration)? {
    state.withLock { state in
      let scheduled = state.schedule.take(method: request.method, path: request.path)
      if let index = state.queue.firstIndex(where: { $0.matches(request) }) {
        let fault = state.queue.remove(at: index)
        return (fault.outcome, fault.delay)
      }
      return scheduled.map { ($0.outcome, $0.delay) }
    }
  }

  private func takeEdit(for request: IncomingRequest) -> (@Sendable () async -> Void)? {
    state.withLock { state in
      let index = state.edits.firstIndex { $0.method == request.method && $0.route == request.route }
      return index.map { state.edits.remove(at: $0).body }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

/// What tests ask of an ``InMemoryPlatform``, and what it was asked: kept apart from the state, which is the
/// platform's.
final class InMemoryControls: Sendable {
  private struct State {
    var calls: [PlatformCall] = []
    var faults: [(kind: PlatformCall.Kind, number: Int, fault: CallFault)] = []
    var hook: (@Sendable (PlatformCall) async throws -> Void)?
  }

  private let state = Mutex(State())

  var calls: [PlatformCall] { state.withLock { $0.calls } }
  var hook: (@Sendable (PlatformCall) async throws -> Void)? { state.withLock { $0.hook } }

  func setHook(_ hook: (@Sendable (PlatformCall) async throws -> Void)?) {
    state.withLock { $0.hook = hook }
  }

  /// Adds a fault for the `number`th call of its kind, counted from the next one.
  func add(_ fault: CallFault, to kind: PlatformCall.Kind, number: Int) {
    state.withLock { state in
      let made = state.calls.count { $0.kind == kind }
      state.faults.append((kind, made + number, fault))
    }
  }

  /// Notes a call; returns it with the fault that it has.
  func begin(_ kind: PlatformCall.Kind, _ method: String, _ path: String) -> (PlatformCall, CallFault?) {
    state.withLock { state in
      let number = state.calls.count { $0.kind == kind } + 1
      let call = PlatformCall(kind: kind, number: number, method: method, path: path)
      state.calls.append(call)
      let index = state.faults.firstIndex { $0.kind == kind && $0.number == number }
      return (call, index.map { state.faults.remove(at: $0).fault })
    }
  }
}

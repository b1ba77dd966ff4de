// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import Synchronization

/// What came of packaging, which goes on beside other things.
final class Packing: Sendable {
  private struct State: Sendable {
    var result: Result<PreparedPackage, Failure>?
    var milliseconds = 0
  }

  private let state = Mutex(State())

  /// What came of it; nil where it has not ended.
  var result: Result<PreparedPackage, Failure>? { state.withLock { $0.result } }
  /// When it ended, from the beginning of everything.
  var milliseconds: Int { state.withLock { $0.milliseconds } }

  func finish(_ result: Result<PreparedPackage, Failure>, milliseconds: Int) {
    state.withLock { $0 = State(result: result, milliseconds: milliseconds) }
  }
}

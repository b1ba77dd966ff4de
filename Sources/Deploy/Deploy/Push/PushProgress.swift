// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Synchronization

/// What a push has changed on the platform, as far as that is known.
package struct PushProgress: Equatable, Sendable {
  /// What became of one thing.
  package enum Change: String, Sendable {
    /// It is what it was.
    case none
    /// It is changed.
    case done
    /// The request was under way, and no answer says what became of it.
    case unknown
  }

  /// What can be changed.
  package enum Part: Sendable {
    /// The Actor is created.
    case actor
    /// A variable is set, before the version is updated.
    case variable
    /// The version is created or updated.
    case version
    /// A build is started.
    case build
    /// A run is started.
    case run
    /// The version's tag is moved to a candidate.
    case tag
  }

  private var changes: [Part: Change] = [:]

  /// What became of `part`.
  package internal(set) subscript(part: Part) -> Change {
    get { changes[part] ?? .none }
    set { changes[part] = newValue }
  }
}

/// Keeps the progress of a push while its steps are carried out.
final class ProgressRecord: Sendable {
  private let state = Mutex(PushProgress())

  var current: PushProgress { state.withLock { $0 } }

  func set(_ part: PushProgress.Part, _ change: PushProgress.Change) {
    state.withLock { $0[part] = change }
  }

  /// Carries out `change`, and keeps what became of `part`.
  func change<Output>(
    _ part: PushProgress.Part, _ change: () async throws(DeployError) -> Output
  ) async throws(DeployError) -> Output {
    do throws(DeployError) {
      let output = try await change()
      set(part, .done)
      return output
    } catch {
      if error.mayHaveChanged { set(part, .unknown) }
      throw error
    }
  }
}

extension DeployError {
  /// Whether the request that failed with it may have been carried out.
  var mayHaveChanged: Bool {
    switch self {
    case .platform(let error, _): error.outcomeIsUnknown
    case .partlyUpdated(_, let error): error.mayHaveChanged
    case .interrupted, .unexpected: true
    default: false
    }
  }
}

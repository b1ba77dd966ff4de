// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// How the program ends: part of its contract with scripts.
package enum ExitStatus: Int32, CaseIterable {
  /// Done, also when nothing had changed.
  case done = 0
  /// The build failed; no or wrong credentials; a failure of the platform or of the machine.
  case failed = 1
  /// The build took too long for the platform.
  case buildTimedOut = 2
  /// The build was aborted.
  case buildAborted = 3
  /// There is nothing to push, or no Actor here.
  case nothingToPush = 4
  /// actor.json, the tree or another input is not what it should be.
  case invalidInput = 5
  /// The time to wait was over before the build.
  case stillBuilding = 6
  /// The platform holds the work of others.
  case conflict = 7
  /// The command line is wrong.
  case usage = 64
  /// Interrupted by Ctrl-C.
  case interrupted = 130
  /// The reader of the output is gone.
  case brokenPipe = 141

  /// Of several, the one that tells most: an interruption, a failure, a conflict, what is not valid, and last
  /// what still goes on.
  package static func worst(of statuses: some Sequence<ExitStatus>) -> ExitStatus {
    let order: [ExitStatus] = [
      .done, .stillBuilding, .nothingToPush, .invalidInput, .conflict, .buildAborted, .buildTimedOut, .failed,
    ]
    return statuses.max { left, right in
      (order.firstIndex(of: left) ?? order.count) < (order.firstIndex(of: right) ?? order.count)
    } ?? .done
  }
}

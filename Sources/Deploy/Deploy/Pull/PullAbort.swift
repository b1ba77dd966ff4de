// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Makes a directory what it was before the last pull into it. Blocks.
package struct PullAbort: Sendable {
  private let directory: [UInt8]
  private let context: OperationContext

  /// Undoes the last pull into `directory`, whether it has ended or was cut off.
  package init(_ directory: [UInt8], _ context: OperationContext) {
    self.directory = directory
    self.context = context
  }

  /// Undoes it.
  ///
  /// - Returns: with a note of each file that was changed after the pull, and stays.
  package func run() throws(DeployError) -> PullOutcome {
    guard let state = context.stateDirectory else { throw .pull(.noStateDirectory) }
    let memory = DirectoryMemory(directory, in: state)
    let lock = try PullLock(memory)
    defer { lock.release() }
    let kept = try PullRecovery(memory).undo()
    var outcome = PullOutcome()
    outcome.directory = directory
    outcome.isAbort = true
    outcome.notes = kept.map { .kept($0.path, copy: $0.copy) }
    return outcome
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
internal import Git
internal import SourceTree
package import SystemIO

/// What an operation may know of the process that it runs in.
package struct OperationContext: Sendable {
  /// The environment variables; git is started with them.
  package let variables: [String: String]
  /// The user's home directory.
  package let home: [UInt8]?
  /// The directory that keeps what is remembered between runs; nil where there is none.
  package let stateDirectory: [UInt8]?
  /// Directories for large temporary files, in order of preference.
  package let spoolDirectories: [[UInt8]]
  /// Cancels the operation.
  package let cancellation: CancellationFlag
  /// Counts the entries that walks find.
  package let meter: WorkMeter
  /// What is walked once for several Actors; nil where there is one.
  package var trees: SharedTrees?

  /// A context of these values.
  package init(
    variables: [String: String], home: [UInt8]?, stateDirectory: [UInt8]?, spoolDirectories: [[UInt8]],
    cancellation: CancellationFlag, meter: WorkMeter = WorkMeter()
  ) {
    self.variables = variables
    self.home = home
    self.stateDirectory = stateDirectory
    self.spoolDirectories = spoolDirectories
    self.cancellation = cancellation
    self.meter = meter
  }

  /// The same context with a flag of its own, that this one's cancels, too.
  package var withOwnCancellation: OperationContext {
    var context = OperationContext(
      variables: variables, home: home, stateDirectory: stateDirectory, spoolDirectories: spoolDirectories,
      cancellation: CancellationFlag(after: cancellation), meter: meter)
    context.trees = trees
    return context
  }

  /// The environment variable `name`; nil where it is not set, or empty.
  package func variable(_ name: String) -> String? {
    variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The user's files of Apify's own command line.
  package var userFiles: UserFiles { UserFiles(home: home) }
}

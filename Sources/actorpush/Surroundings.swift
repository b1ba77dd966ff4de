// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials

/// The environment of the process, read once; nothing else reads it.
struct Surroundings: Sendable {
  /// The variables.
  let variables: [String: String]

  /// The process's own.
  static let process = Surroundings(variables: ProcessInfo.processInfo.environment)

  /// The variable called `name`; nil where it is not set or empty.
  subscript(name: String) -> String? {
    variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}

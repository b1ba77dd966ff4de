// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Git
import SystemIO

/// Where git is.
let searchPath = "/usr/local/bin:/usr/bin:/bin"

/// An environment without any configuration but the repository's own.
let plainVariables = ["PATH": searchPath, "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1"]

/// Runs `body`, which waits for git: no thread of the cooperative pool may do that.
func blocking<Outcome: Sendable>(_ body: @escaping @Sendable () throws -> Outcome) async throws -> Outcome {
  try await Threads.run { Result(catching: body) }.get()
}

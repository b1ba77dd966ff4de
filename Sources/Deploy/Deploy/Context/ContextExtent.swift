// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Checks

/// How much of a Docker context that lies above the Actor's directory is packaged.
package enum ContextExtent: Sendable, Equatable {
  /// What the Dockerfile reads.
  case reached
  /// All of it, as asked.
  case asked
  /// All of it, because there is no Dockerfile.
  case noDockerfile
  /// All of it: this line of the Dockerfile copies all.
  case copied(file: [UInt8], line: Int, text: String)
  /// All of it: what this line of the Dockerfile reads cannot be decided.
  case undecided(file: [UInt8], line: Int, text: String)
}

extension PackageContext {
  /// How much of the context is sent.
  func extent(isWhole: Bool) -> ContextExtent {
    guard let dockerfile, let reads else { return isWhole ? .asked : .noDockerfile }
    guard let whole = reads.whole else { return .reached }
    switch whole {
    case .copied(let line, let text): return .copied(file: dockerfile, line: line, text: text)
    case .undecided(let line, let text):
      return .undecided(file: dockerfile, line: line, text: text)
    }
  }
}

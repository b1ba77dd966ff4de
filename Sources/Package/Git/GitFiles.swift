// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization
internal import SystemIO

/// The files that a git is about to read, looked at once, before it is started for the first time.
final class GitFiles: Sendable {
  /// Which repository git works in.
  enum Place {
    /// The one whose own directory this is.
    case repository([UInt8], worktree: [UInt8]?)
    /// The one that git finds from this directory.
    case found(from: [UInt8])
  }

  private let place: Place
  private let environment: GitEnvironment
  private let result = Mutex<BlockingFile??>(nil)

  init(_ place: Place, _ environment: GitEnvironment) {
    self.place = place
    self.environment = environment
  }

  /// The file that git would not have done with; nil where there is none.
  var blocking: BlockingFile? {
    result.withLock { result in
      if let known = result { return known }
      let found = look()
      result = .some(found)
      return found
    }
  }

  private func look() -> BlockingFile? {
    var search = BlockingFileSearch()
    return switch place {
    case .repository(let git, let worktree): search.first(inRepository: git, worktree: worktree, environment)
    case .found(let directory): search.first(from: directory, environment)
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Checks
internal import Deploy
internal import Git
internal import SystemIO

/// A finding, and where its file lies in what a code host shows.
struct LocatedFinding {
  let finding: Checks.Finding
  /// The file's path from the top of the repository.
  let path: [UInt8]

  /// The findings of `outcome`, in files below `top`.
  static func list(_ outcome: CheckOperation.Outcome, below top: [UInt8]) -> [LocatedFinding] {
    outcome.findings.map { finding in
      let path = finding.place.flatMap { outcome.sources[$0.file] } ?? []
      return LocatedFinding(finding: finding, path: relative(path, to: top))
    }
  }

  /// The top of the work tree that `directory` lies in; that itself where it lies in none.
  static func top(of directory: [UInt8], _ environment: ProcessEnvironment) -> [UInt8] {
    let repository = try? RepositoryLocation(of: directory, variables: environment.variables)
    let top = repository?.worktree ?? directory
    return (try? Paths.resolved(top)) ?? top
  }

  private static func relative(_ path: [UInt8], to top: [UInt8]) -> [UInt8] {
    guard Paths.isInside(path, top) else { return path }
    return Array(path.dropFirst(top.count).drop { $0 == UInt8(ascii: "/") })
  }
}

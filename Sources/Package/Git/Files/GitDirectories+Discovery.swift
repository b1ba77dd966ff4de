// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension GitDirectories {
  /// The repository that holds `path`, an absolute path without symbolic links: the nearest above it, as git
  /// looks for it. git does not look above `GIT_CEILING_DIRECTORIES`, nor on another file system.
  package static func containing(
    _ path: [UInt8], _ environment: GitEnvironment = GitEnvironment()
  ) throws(BrokenGitFile) -> GitDirectories? {
    let device = Paths.status(path)?.identity.device
    var current: [UInt8]? = path
    while let directory = current {
      if let found = try GitDirectories(worktree: directory) { return found }
      current = Paths.parent(directory)
      guard let above = current else { return nil }
      if environment.ceilings.contains(above) { return nil }
      if !environment.crossesFileSystems, Paths.status(above)?.identity.device != device { return nil }
    }
    return nil
  }
}

extension GitEnvironment {
  /// The directories that `GIT_CEILING_DIRECTORIES` names: absolute, between colons, and without symbolic
  /// links up to the first empty entry; those behind it are taken as they are.
  static func ceilings(_ text: [UInt8]) -> [[UInt8]] {
    var directories: [[UInt8]] = []
    var resolvesLinks = true
    for entry in text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false) {
      if entry.isEmpty { resolvesLinks = false }
      guard entry.first == UInt8(ascii: "/") else { continue }
      var path = Array(entry)
      while path.count > 1, path.last == UInt8(ascii: "/") { path.removeLast() }
      directories.append(resolvesLinks ? (try? Paths.resolved(path)) ?? path : path)
    }
    return directories
  }
}

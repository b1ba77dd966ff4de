// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension WalkWorker {
  private static let ignoreFile = Array(".gitignore".utf8)
  /// What both ".git" and ".gitignore" begin with.
  private static let ignoreHead = FixedRules.repository.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }

  /// Changes to the rules that the names in `directory` bring.
  func enterRules(of directory: WalkedDirectory, _ handle: DirectoryHandle) throws(SourceTreeError) {
    guard directory.context.gitExclusion == nil else { return }
    var hasRepository = false
    var ignoreFile: DirectoryScanner.Kind?
    for name in scanner.names where name.head >> 32 == Self.ignoreHead {
      if name.count == FixedRules.repository.count { hasRepository = true }
      if scanner.bytes(of: name).equals(Self.ignoreFile) { ignoreFile = name.kind }
    }
    try walk.enterRules(of: directory, handle, hasRepository: hasRepository, ignoreFile: ignoreFile)
  }
}

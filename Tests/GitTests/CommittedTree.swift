// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import TestSupport

extension TemporaryFolder {
  /// A folder with a repository `tree`, whose branch `main` has one commit with one file: `file`, of one "x".
  static func withCommittedTree() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try await git(["init", "-q", "-b", "main", folder("tree")], in: folder.path)
    try folder.write("tree/file", "x")
    try await git(["add", "-A"], in: folder("tree"))
    try await git(["commit", "-qm", "x"], in: folder("tree"))
    return folder
  }
}

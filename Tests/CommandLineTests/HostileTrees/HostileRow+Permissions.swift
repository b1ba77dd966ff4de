// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension HostileRow {
  /// What may not be read.
  static let ofPermissions: [HostileRow] = [
    HostileRow(
      "a file without permissions", "list", 5,
      says: ["error: Permission denied (closed)", "help: make it readable or ignore it"], isUnprivileged: true
    ) {
      try $0.write("closed", "x")
      try $0.mode("closed", 0)
    },
    HostileRow(
      "a directory without permissions", "list", 5, says: ["error: Permission denied (closed)"],
      isUnprivileged: true
    ) {
      try $0.write("closed/file", "x")
      try $0.mode("closed", 0)
    },
    HostileRow("a directory without permissions, ignored", "list", 0, never: ["closed"], isUnprivileged: true)
    {
      try $0.write("closed/file", "x")
      try $0.write(".gitignore", "closed/\n")
      try $0.mode("closed", 0)
    },
    HostileRow(
      "a directory that can be listed, and not entered", "list", 5, says: ["Permission denied"],
      isUnprivileged: true
    ) {
      try $0.write("closed/file", "x")
      try $0.mode("closed", 0o744)
    },
    HostileRow(
      "an unreadable .gitignore", "list", 5, says: ["Permission denied (.gitignore)"], isUnprivileged: true
    ) {
      try $0.write(".gitignore", "file\n")
      try $0.mode(".gitignore", 0)
    },
    HostileRow(
      "an unreadable .actorignore", "list", 5, says: ["Permission denied (.actorignore)"],
      isUnprivileged: true
    ) {
      try $0.write(".actorignore", "file\n")
      try $0.mode(".actorignore", 0)
    },
    HostileRow(
      "an unreadable actor.json", "check", 5, says: ["Permission denied (.actor/actor.json)"],
      isUnprivileged: true
    ) {
      try $0.mode(".actor/actor.json", 0)
    },
    HostileRow(
      "an unreadable .git", "list", 5, says: ["git's ignore rules cannot be read"], isUnprivileged: true
    ) {
      try await $0.commit()
      try $0.mode(".git", 0)
    },
    HostileRow(
      "rules of git in a directory that may not be entered", "list", 0,
      says: ["cannot be read, so none of its rules count (.git/info/exclude)"], isUnprivileged: true
    ) {
      try await $0.commit()
      try $0.mode(".git/info", 0)
    },
    HostileRow(
      "output where nothing may be written", "pack -o ../closed/package.json", 1, 5,
      says: ["Permission denied"], isUnprivileged: true
    ) {
      try $0.directory("../closed")
    },
  ]
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension HostileRow {
  /// Repositories that are none, or whose files are not what git made.
  static let ofRepositories: [HostileRow] = [
    HostileRow(
      "a .git file that leads nowhere", "list", 5, says: ["leads to /nowhere", "git worktree repair"]
    ) {
      try $0.write(".git", "gitdir: /nowhere\n")
    },
    HostileRow("a .git file that leads to itself", "list", 5, says: ["leads to .git"]) {
      try $0.write(".git", "gitdir: .git\n")
    },
    HostileRow("a .git file of 100 GB", "list", 5, says: ["not a line \"gitdir: PATH\""]) {
      try $0.sparse(".git", 100 << 30)
    },
    HostileRow("a .git that is a FIFO", "list", 0, shows: ["file"]) { try $0.fifo(".git") },
    HostileRow("a .git that is a link to itself", "list", 5, says: ["leads to .git"]) {
      try $0.link(".git", to: ".git")
    },
    HostileRow("a HEAD that is a FIFO", "list", 5, says: ["a FIFO, and git would wait for it", ".git/HEAD"]) {
      try await $0.commit()
      try $0.fifo(".git/HEAD")
    },
    HostileRow(
      "a HEAD that is a FIFO, of a commit", "list --commit HEAD", 5,
      says: ["a FIFO, and git would wait for it", ".git/HEAD"]
    ) {
      try await $0.commit()
      try $0.fifo(".git/HEAD")
    },
    HostileRow("a garbled HEAD", "list --commit HEAD", 5, says: ["--commit"]) {
      try await $0.commit()
      try $0.write(".git/HEAD", [0xFF, 0, 0xFE])
    },
    HostileRow("references that lead to each other", "list --commit HEAD", 5, says: ["no such commit"]) {
      try await $0.commit()
      try $0.write(".git/HEAD", "ref: refs/heads/a\n")
      try $0.write(".git/refs/heads/a", "ref: refs/heads/b\n")
      try $0.write(".git/refs/heads/b", "ref: refs/heads/a\n")
    },
    HostileRow(
      "a reference that is a FIFO", "list --commit HEAD", 5, says: ["a FIFO, and git would wait for it"]
    ) {
      try await $0.commit()
      try $0.fifo(".git/refs/heads/main")
    },
    HostileRow(
      "a reference that is an endless device", "list --commit HEAD", 5,
      says: ["a device, and git would wait for it"]
    ) {
      try await $0.commit()
      try $0.remove(".git/refs/heads/main")
      try $0.link(".git/refs/heads/main", to: "/dev/zero")
    },
    HostileRow(
      "packed references that are a FIFO", "list --commit HEAD~0", 5,
      says: ["a FIFO, and git would wait for it"]
    ) {
      try await $0.commit()
      try $0.fifo(".git/packed-refs")
    },
    HostileRow(
      "a configuration that is a FIFO", "list", 5, says: ["a FIFO, and git would wait for it", ".git/config"]
    ) {
      try await $0.commit()
      try $0.fifo(".git/config")
    },
    HostileRow(
      "a configuration that includes a FIFO", "list", 5, says: ["a FIFO, and git would wait for it", "pipe"]
    ) {
      try await $0.commit()
      try await $0.git("config", "include.path", $0("pipe"))
      try $0.fifo("pipe")
    },
    HostileRow("a configuration that includes itself", "list", 1, says: ["error: git: "]) {
      try await $0.commit()
      try $0.write(".git/config", "[include]\npath = config\n")
    },
    HostileRow("a garbled configuration", "list", 1, says: ["error: git: bad config line 1"]) {
      try await $0.commit()
      try $0.write(".git/config", [0x5B, 0xFF, 0x0A])
    },
    HostileRow("a configuration of 100 GB", "list", 1, says: ["error: git: bad config line 1"]) {
      try await $0.commit()
      try $0.sparse(".git/config", 100 << 30)
    },
    HostileRow(
      "attributes that are a FIFO, of a commit", "list --commit HEAD~0", 5,
      says: ["a FIFO, and git would wait for it"]
    ) {
      try await $0.commit()
      try await $0.git("config", "core.attributesFile", $0("pipe"))
      try $0.fifo("pipe")
    },
    HostileRow("an index that is cut off", "list", 0, says: ["warning: ", ".git/index"]) {
      try await $0.commit()
      try $0.write(".git/index", [0x44, 0x49, 0x52, 0x43, 0, 0, 0, 2, 0, 0, 0, 9, 1, 2, 3])
      try $0.write(".gitignore", "file\n")
    },
    HostileRow("an index that counts four billion entries", "list", 0, says: ["warning: ", ".git/index"]) {
      try await $0.commit()
      let head: [UInt8] = [0x44, 0x49, 0x52, 0x43, 0, 0, 0, 2, 0xFF, 0xFF, 0xFF, 0xFF]
      try $0.write(".git/index", head + Array(repeating: 0, count: 1000))
      try $0.write(".gitignore", "file\n")
    },
    HostileRow("an index that is a FIFO", "list", 0, says: ["warning: ", ".git/index"]) {
      try await $0.commit()
      try $0.fifo(".git/index")
      try $0.write(".gitignore", "file\n")
    },
    HostileRow("a command in the configuration", "list --ignored", 0) {
      try await $0.commit()
      try await $0.git("update-index", "--split-index")
      try await $0.git("config", "core.fsmonitor", "touch \($0("../tmp/ran"))")
      try $0.write(".gitignore", "file\n")
    },
    HostileRow(
      "a bare repository in the tree, with a command", "list --commit HEAD bare", 5, says: ["is not trusted"]
    ) {
      try await $0.commit()
      try await $0.git("clone", "-q", "--bare", ".", "bare")
      try await $0.git("--git-dir=bare", "config", "core.fsmonitor", "touch \($0("../tmp/ran"))")
    },
    HostileRow(
      "a nested repository whose .git leads nowhere", "list", 0,
      says: ["warning: leads to no repository", "(nested/.git)\n"]
    ) {
      try $0.write("nested/.git", "gitdir: /nowhere\n")
      try $0.write("nested/file", "x")
    },
    HostileRow(
      "borrowed objects that are borrowed in a circle", "list --commit HEAD", 0, shows: ["file"], lines: 20
    ) {
      try await $0.commit()
      try $0.write(".git/objects/info/alternates", $0(".git/objects") + "\n")
    },
    HostileRow("100 nested repositories", "list -0", 0, lines: 100) { place in
      for index in 0..<100 {
        try place.write("\(index)/.git/HEAD", "ref: refs/heads/main\n")
        try place.directory("\(index)/.git/objects")
        try place.directory("\(index)/.git/refs")
        try place.write("\(index)/file", "x")
      }
    },
  ]
}

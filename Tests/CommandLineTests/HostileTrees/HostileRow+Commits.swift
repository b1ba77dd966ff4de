// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension HostileRow {
  /// Commits that no git would make.
  static let ofCommits: [HostileRow] = [
    made("with an entry ..", "..", says: ["its name stands for another directory"]),
    made("with an absolute path", "/etc/passwd", says: ["its name contains a \"/\""]),
    made("with a path for a name", "a/../../b", says: ["its name"]),
    HostileRow("a commit with a .git", "list -0 --commit HEAD", 0, never: [".git/"]) {
      try await $0.git("init", "-q", "-b", "main")
      let blob = try await $0.blob()
      try await $0.commit([("100644", ".git", blob), ("100644", "a", blob)])
    },
    HostileRow("a commit with a name twice", "list --commit HEAD", 5, says: ["it is there twice"]) {
      try await $0.git("init", "-q", "-b", "main")
      let blob = try await $0.blob()
      try await $0.commit([("100644", "a", blob), ("100644", "a", blob)])
    },
    HostileRow(
      "a commit with a tree that is a file", "list --commit HEAD", 5,
      says: ["no checkout can have", "is not a tree"]
    ) {
      try await $0.git("init", "-q", "-b", "main")
      try await $0.commit([("40000", "d", try await $0.blob())])
    },
    HostileRow(
      "a commit with a file that is a tree", "list --commit HEAD", 5,
      says: ["no checkout can have (its object is a tree) (d)"]
    ) {
      try await $0.git("init", "-q", "-b", "main")
      let tree = try await $0.git("hash-object", "-w", "-t", "tree", "--stdin")
      try await $0.commit([("100644", "d", tree)])
    },
    HostileRow(
      "a commit without one of its objects", "list --commit HEAD", 5, says: ["is not in this repository"]
    ) {
      try await $0.git("init", "-q", "-b", "main")
      try await $0.commit([("100644", "a", String(repeating: "1", count: 40))])
    },
    HostileRow(
      "a commit of trees that name themselves", "list --commit HEAD", 1, says: ["ls-tree prints more than"]
    ) { place in
      try await place.git("init", "-q", "-b", "main")
      let entries = (0..<10).map { "100644 blob \(0)\tf\($0)" }
      let blob = try await place.blob()
      var tree = try await place.git(
        "mktree",
        input: Array(entries.map { $0.replacing("blob 0", with: "blob \(blob)") + "\n" }.joined().utf8))
      for _ in 0..<9 {
        let lines = (0..<10).map { "040000 tree \(tree)\td\($0)\n" }
        tree = try await place.git("mktree", input: Array(lines.joined().utf8))
      }
      try await place.point(to: tree)
    },
    HostileRow("a commit with a link out", "list --commit HEAD", 5, says: ["out of the project"]) {
      try $0.link("passwd", to: "/etc/passwd")
      try await $0.commit()
    },
    HostileRow(
      "a commit that begins with a dash", "list --commit=--help", 5, says: ["--commit --help: no such commit"]
    ) {
      try await $0.commit()
    },
    HostileRow("a commit whose object is cut off", "list --commit HEAD", 5, 1, says: ["error: "]) { place in
      try await place.commit()
      let name = try await place.git("rev-parse", "HEAD")
      let path = ".git/objects/\(name.prefix(2))/\(name.dropFirst(2))"
      try place.remove(path)
      try place.write(path, [0x78, 0x01])
    },
    HostileRow(
      "a commit whose actor.json is a directory", "check --commit HEAD", 5, 64,
      says: ["a directory, not a file"]
    ) {
      try $0.remove(".actor/actor.json")
      try $0.write(".actor/actor.json/file", "x")
      try await $0.commit()
    },
  ]

  /// A commit with an entry of a name that no checkout can have.
  private static func made(_ what: String, _ name: String, says: [String]) -> HostileRow {
    HostileRow("a commit " + what, "list --commit HEAD", 5, says: ["no checkout can have"] + says) {
      try await $0.git("init", "-q", "-b", "main")
      try await $0.commit([("100644", name, try await $0.blob())])
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FuzzDriver
import SystemIO

@testable import Deploy
@testable import DeployHooks
@testable import SourcePackage

extension Reader {
  /// What is kept of earlier runs: jobs, consent, journals, memories.
  static func memories(in directory: String) throws -> [Reader] {
    let target = #"""
      {"reference": "refs/heads/main", "commit": "c", "branch": "main", "folder": "/a", "actor": "u/a",
      "version": "0.1", "tag": "t", "sourceType": "auto", "builds": true, "key": "k", "timeout": 900,
      "tracking": {"name": "refs/remotes/origin/main", "before": null}}
      """#
    let result = #"""
      {"actor": "a", "version": "0.1", "commit": "c", "state": "deployed", "message": "", "exitCode": 0}
      """#
    return [
      again(
        DeployJob.self,
        #"""
        {"id": "00001700000000-x", "repository": "/r/.git", "remote": "origin", "url": "u",
        "push": {"number": 1, "startTime": 2, "began": 3}, "targets": [\#(target)]}
        """#),
      again(DeployResult.self, #"{"ended": 1, "targets": [\#(result)]}"#),
      equal(
        DeployConsent.self,
        #"{"format": 1, "maps": [{"directory": "a/", "text": "{}"}], "actors": ["u/a", "u/b"]}"#),
      again(
        PullJournal.self,
        #"""
        {"format": 1, "id": "x", "directory": "/d", "isNew": false, "memories": ["m"],
        "steps": [{"kind": "write", "path": "a", "mode": 420, "before": "b", "after": "c"}]}
        """#),
      equal(
        StandingConflicts.self,
        #"{"format": 1, "files": [{"path": "a", "markers": ["<<<<<<<"]}, {"path": "b"}]}"#),
      again(Account.self, #"{"id": "i", "username": "u", "isOrganization": true}"#),
      Reader(
        name: "VariableRecord",
        seeds: [
          #"""
          {"format": 1, "salt": "s", "declared": ["A"], "given": {"A": "d"},
          "secrets": {"names": ["S"], "digest": "x"}}
          """#
        ]
      ) { text in
        guard let record = VariableRecord(text) else { return }
        let written = try record.contents()
        require(VariableRecord(written) == record, "\(written.shown) is not the same again")
      },
      Reader(
        name: "BuildRecord",
        seeds: [
          #"{"format": 1, "build": "b", "salt": "s", "settings": "d"}"#,
          #"{"format": 1, "build": "b", "salt": ""}"#,
        ]
      ) { text in
        guard let record = BuildRecord(text) else { return }
        let written = try record.contents()
        require(BuildRecord(written) == record, "\(written.shown) is not the same again")
      },
      versions(in: directory), try accounts(in: directory),
    ]
  }

  /// The memory of a version: a line of JSON before a manifest.
  private static func versions(in directory: String) -> Reader {
    let key = VersionMemory.Key(root: "r", actorID: "a", version: "0.1")
    let place = Array("\(directory)/versions".utf8)
    let file = "\(directory)/versions/\(VersionMemory.name(key))"
    let digest = Manifest.empty.digest
    let heads = [
      #""build": "b", "hasSucceeded": true, "given": {"A": ["x", "y"]}, "declared": ["A"], "tag": "t""#,
      #""lastBuild": "", "secrets": {"A": "x"}, "attempted": ["d"], "directory": "/d", "builtSettings": "s""#,
    ]
    let seeds = heads.map {
      #"{"format": 1, "root": "r", "actorID": "a", "version": "0.1", "digest": "\#(digest)", "salt": "s", \#($0)}"#
        + "\n"
    }
    return Reader(name: "VersionMemory", seeds: seeds) { text in
      let memory = VersionMemory(directory: place)
      try Paths.makeDirectory(place, mode: 0o700)
      try writeFile(file, text)
      guard let first = memory.recall(key) else { return }
      try memory.keep(first, for: key)
      guard let second = memory.recall(key) else { finding("\(text.shown) is forgotten") }
      require(
        first.manifest == second.manifest && first.variables == second.variables
          && first.build == second.build && first.builtSettings == second.builtSettings
          && first.record == second.record && first.tag == second.tag && first.attempted == second.attempted
          && first.directory == second.directory, "\(text.shown) is kept as something else")
    }
  }

  /// The memory of whose Actors a directory has.
  private static func accounts(in directory: String) throws -> Reader {
    let place = Array("\(directory)/accounts".utf8)
    let memory = AccountMemory(ProjectLocation(Array(directory.utf8)), root: "r", in: place)
    memory.keep(Account(id: "i", username: "u", isOrganization: false))
    var scanner = DirectoryScanner()
    try scanner.scan(try Descriptor.open(CString(place), as: .directory))
    guard let name = scanner.names.first else { throw SystemFault("no memory of an account") }
    var file = place + [UInt8(ascii: "/")]
    scanner.append(name, to: &file)
    let path = String(decoding: file, as: UTF8.self)
    return Reader(
      name: "AccountMemory",
      seeds: [#"{"format": 1, "account": {"id": "i", "username": "u", "isOrganization": true}}"#]
    ) { text in
      try writeFile(path, text)
      guard let first = memory.recall() else { return }
      // Something else first, for what is known already is not written.
      memory.keep(Account(id: first.id + "x", username: "u", isOrganization: false))
      memory.keep(first)
      require(memory.recall() == first, "\(text.shown) is kept as something else")
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import Deploy
import Git
import SourcePackage
import SystemIO
import TestSupport
import Testing

@testable import DeployHooks

@Suite("The targets of a push")
struct TargetFinderTests {
  private static let actor = #"{"actorSpecification": 1, "name": "shop", "version": "0.3"}"#

  private static func repository(_ map: String?) async throws -> HookFixture {
    var files = [".actor/actor.json": actor, "main.js": "1"]
    files[".actor/actorpush.json"] = map
    return try await HookFixture(files)
  }

  @Test("come from the pushed commit's own map")
  func ownMap() async throws {
    let fixture = try await Self.repository(
      #"{"push": {"main": {"version": "1.0", "tag": "live", "sourceType": "zip", "build": false, "timeout": "15m"}}}"#
    )
    let targets = try await fixture.targets("main")
    let target = try #require(targets.first)
    #expect(targets.count == 1 && fixture.events.words == [])
    #expect(target.actor == "~shop" && target.version == "1.0" && target.tag == "live")
    #expect(target.sourceType == .zip && !target.builds && target.timeout == 900)
    #expect(
      target.folder == fixture.work.path && target.branch == "main" && target.reference == "refs/heads/main")
    #expect(target.commit == (try await fixture.head()))
  }

  @Test("have what the map leaves open from actor.json, also of another commit than the work tree")
  func actorFile() async throws {
    let fixture = try await Self.repository(#"{"push": {"main": {}}}"#)
    let pushed = try await fixture.head()
    let maps = [DeployConsent.Map(directory: "", text: #"{"push": {"main": {}}}"#)]
    try await fixture.commit([
      ".actor/actor.json": #"{"actorSpecification": 1, "name": "other", "version": "9.9"}"#
    ])
    let target = try #require(
      try await fixture.targets(
        [HookFixture.ref("refs/heads/main", pushed)],
        consent: DeployConsent(maps: maps, actors: ["~shop"])
      ).first)
    #expect(target.actor == "~shop" && target.version == "0.3" && target.tag == nil && target.builds)
  }

  @Test("take the parts of a branch that a star matched, one for each line of the map")
  func patterns() async throws {
    let fixture = try await Self.repository(
      #"{"push": {"release/*": [{"version": "{1}"}, {"actor": "jane/copy", "version": "{1}"}]}}"#)
    let targets = try await fixture.targets("release/1.2")
    #expect(targets.map { "\($0.actor) \($0.version)" } == ["~shop 1.2", "jane/copy 1.2"])
    #expect(Set(targets.map(\.key)).count == 2)
  }

  @Test("have a key that is the same for the same version of the same Actor, whatever the branch")
  func keys() async throws {
    let fixture = try await Self.repository(
      #"{"push": {"main": {"version": "1.0"}, "next": {"version": "1.0"}, "beta": {"version": "1.1"}}}"#)
    let keys = try await fixture.targets("main", "next", "beta").map(\.key)
    #expect(keys.count == 3 && keys[0] == keys[1] && keys[0] != keys[2])
  }

  @Test(
    "are none where nothing is said about the branch",
    arguments: [
      (#"{"push": {"main": {"version": "1.0"}}}"#, "topic", "origin", "unmapped topic origin"),
      (
        #"{"push": {"main": {"version": "1.0"}}, "remotes": ["production"]}"#, "main", "origin",
        "unmapped main origin"
      ),
      (nil, "main", "origin", "no map main"),
    ])
  func unmapped(_ map: String?, _ branch: String, _ remote: String, _ event: String) async throws {
    let fixture = try await Self.repository(map)
    #expect(try await fixture.targets(branch, remote: remote) == [])
    #expect(fixture.events.words == [event])
  }

  @Test("are there where the map names the remote")
  func remote() async throws {
    let fixture = try await Self.repository(
      #"{"push": {"main": {"version": "1.0"}}, "remotes": ["production"]}"#)
    #expect(try await fixture.targets("main", remote: "production").count == 1)
  }

  @Test("are none of a deletion, nor of a tag")
  func otherReferences() async throws {
    let fixture = try await Self.repository(#"{"push": {"*": {"version": "1.0"}}}"#)
    let head = try await fixture.head()
    let targets = try await fixture.targets([
      HookFixture.ref("refs/heads/main", HookFixture.zero), HookFixture.ref("refs/tags/v1", head),
      HookFixture.ref("refs/heads/main", head),
    ])
    #expect(targets.map(\.branch) == ["main"], "the others do not stop this one")
    #expect(fixture.events.words == ["deleted refs/heads/main", "not a branch refs/tags/v1"])
  }

  @Test("of several Actors are each its own, below its own map")
  func severalMaps() async throws {
    let map = #"{"push": {"main": {}}}"#
    let fixture = try await HookFixture([
      "a/.actor/actor.json": #"{"actorSpecification": 1, "name": "actor-a", "version": "0.1"}"#,
      "a/.actor/actorpush.json": map,
      "b/c/.actor/actor.json": #"{"actorSpecification": 1, "name": "actor-b", "version": "0.2"}"#,
      "b/c/.actor/actorpush.json": map, "x.actor/actorpush.json": "no map: its directory is called otherwise",
    ])
    let targets = try await fixture.targets("main")
    #expect(targets.map { "\($0.actor) \($0.version)" } == ["~actor-a 0.1", "~actor-b 0.2"])
    #expect(targets.map(\.folder) == [fixture.work("a"), fixture.work("b/c")])
  }

  @Test("are found by the user's own map, with a directory of its choice")
  func usersMap() async throws {
    let fixture = try await HookFixture([
      "a/.actor/actor.json": Self.actor, "my.json": #"{"push": {"main": {"folder": "a", "version": "2.0"}}}"#,
    ])
    let targets = try await fixture.targets("main", map: "my.json")
    #expect(targets.map { "\($0.actor) \($0.version) \($0.folder)" } == ["~shop 2.0 \(fixture.work("a"))"])
    await #expect(throws: DeployError.self) { try await fixture.targets("main", map: "missing.json") }
  }

  /// Mistakes in one Actor's files, by their type.
  private static let mistakes: [([String: String], String)] = [
    ([".actor/actorpush.json": "{"], "invalid-actorpush-json"),
    ([".actor/actorpush.json": #"{"push": {"main": {"version": "x"}}}"#], "invalid-actorpush-json"),
    ([".actor/actor.json": #"{"name": 3}"#], "invalid-actor-json"),
    (
      [".actor/actorpush.json": #"{"push": {"main": [{"version": "0.3"}, {"actor": "a/b/c"}]}}"#],
      "invalid-actorpush-json"
    ),
  ]

  @Test(
    "name an Actor in the map as on the command line",
    arguments: [
      "hQdXPqtS6Kkq1tyyC", "jane/shop", "jane~shop", "~shop", "/shop", "~", "/", "a/", "a~", "a/b/c", "~a/b",
      "a b", "a/b c", ".", "..", "a/.", "../a", "é", "a%2Fb", "J_.-9/S_.-9",
      String(repeating: "a", count: 100),
      String(repeating: "a", count: 101), "a/" + String(repeating: "a", count: 101), "",
    ])
  func actors(_ text: String) {
    let isReference = (try? ActorReference(text)) != nil
    let map = #"{"push": {"main": {"actor": "\#(text)"}}}"#
    #expect(((try? DeployMap(Array(map.utf8))) != nil) == isReference)
  }

  @Test("of the other Actors are there in spite of a mistake in one, unless --strict", arguments: mistakes)
  func mistake(_ files: [String: String], _ type: String) async throws {
    let map = #"{"push": {"main": {}}}"#
    let fixture = try await HookFixture([
      ".actor/actor.json": Self.actor, ".actor/actorpush.json": map, "z/.actor/actor.json": Self.actor,
      "z/.actor/actorpush.json": map,
    ])
    try await fixture.commit(files)
    #expect(try await fixture.targets("main").map(\.folder) == [fixture.work("z")])
    #expect(fixture.events.words == ["not deployed ?: \(type)"])
    await #expect {
      try await fixture.targets("main", isStrict: true)
    } throws: { error in
      (error as? DeployError).map { Diagnosis($0).type } == type
    }
  }

  /// What a commit brings, and whether a clone that has agreed to `{"main": {"tag": "live"}, "next/*": {}}`
  /// for the Actor shop deploys main by it.
  struct Brought: CustomTestStringConvertible {
    let testDescription: String
    var map = #"{"push": {"main": {"tag": "live"}, "next/*": {}}}"#
    var actor = "shop"
    var branch = "main"
    let isAllowed: Bool
  }

  static let brought: [Brought] = [
    Brought(testDescription: "the same map", isAllowed: true),
    Brought(testDescription: "another version in actor.json's Actor", branch: "next/1", isAllowed: true),
    Brought(
      testDescription: "more branches", map: #"{"push": {"main": {"tag": "live"}, "x": {"version": "1.0"}}}"#,
      isAllowed: true),
    Brought(
      testDescription: "a branch that was not mapped",
      map: #"{"push": {"main": {"tag": "live"}, "x": {"version": "1.0"}}}"#, branch: "x", isAllowed: false),
    Brought(testDescription: "another tag", map: #"{"push": {"main": {"tag": "latest"}}}"#, isAllowed: false),
    Brought(testDescription: "no tag", map: #"{"push": {"main": {}}}"#, isAllowed: false),
    Brought(
      testDescription: "another Actor in the map",
      map: #"{"push": {"main": {"tag": "live", "actor": "jane/shop"}}}"#, isAllowed: false),
    Brought(
      testDescription: "a second target", map: #"{"push": {"main": [{"tag": "live"}, {"version": "9.0"}]}}"#,
      isAllowed: false),
    Brought(testDescription: "another Actor in actor.json", actor: "other", isAllowed: false),
    Brought(testDescription: "another user's Actor in actor.json", actor: "jane/shop", isAllowed: false),
  ]

  @Test("are only what the clone has agreed to", arguments: brought)
  func consent(_ row: Brought) async throws {
    let fixture = try await Self.repository(#"{"push": {"main": {"tag": "live"}, "next/*": {}}}"#)
    let (path, context) = (Array(fixture.work.path.utf8), fixture.context)
    let consent = try await Threads.run {
      try DeployConsent(
        workTree: path, map: nil, Git(repository: path + Array("/.git".utf8), variables: context.variables),
        context)
    }
    #expect(consent.actors == ["~shop"] && consent.maps.count == 1)
    let commit = try await fixture.commit([
      ".actor/actorpush.json": row.map,
      ".actor/actor.json": #"{"actorSpecification": 1, "name": "\#(row.actor)", "version": "0.4"}"#,
    ])
    let targets = try await fixture.targets(
      [HookFixture.ref("refs/heads/\(row.branch)", commit)], consent: consent)
    #expect(targets.isEmpty == !row.isAllowed)
    #expect(fixture.events.words == (row.isAllowed ? [] : ["not deployed ?: not-allowed"]))
  }

  @Test("are none on a remote that the map that was agreed to leaves out, whatever the commit's says")
  func consentOfRemotes() async throws {
    let map = #"{"push": {"main": {"version": "1.0"}}, "remotes": ["origin"]}"#
    let fixture = try await Self.repository(map)
    let consent = DeployConsent(maps: [.init(directory: "", text: map)], actors: ["~shop"])
    let commit = try await fixture.commit([
      ".actor/actorpush.json": #"{"push": {"main": {"version": "1.0"}}}"#
    ])
    let refs = [HookFixture.ref("refs/heads/main", commit)]
    #expect(try await fixture.targets(refs, "origin", consent: consent).count == 1)
    #expect(try await fixture.targets(refs, "fork", consent: consent).isEmpty)
    #expect(fixture.events.words == ["not deployed ?: not-allowed"])
  }

  @Test("are of the commit, whatever the work tree has in the Actor's place", arguments: TreeInPlace.allCases)
  func place(_ tree: TreeInPlace) async throws {
    let fixture = try await HookFixture([
      "a/.actor/actor.json": Self.actor, "a/.actor/actorpush.json": #"{"push": {"main": {}}}"#,
      "a/main.js": "of a", "b/.actor/actor.json": Self.actor, "b/main.js": "of b", "private.js": "private",
    ])
    let commit = try await fixture.head()
    let consent = DeployConsent(
      maps: [.init(directory: "a/", text: #"{"push": {"main": {}}}"#)], actors: ["~shop"])
    let script =
      switch tree {
      case .nothing: "rm -r a"
      case .link: "rm -r a; ln -s b a"
      case .linkOutside: "rm -r a; ln -s / a"
      case .repository:
        "rm -r a; git init -q a; git -C a -c user.name=a -c user.email=a commit -q --allow-empty -m x"
      case .worktree: "rm -r a; git worktree add -q a --detach"
      case .file: "rm -r a; echo > a"
      }
    #expect(try await shell("sh", ["-c", script], in: fixture.work.path).status == 0)
    let targets = try await fixture.targets([HookFixture.ref("refs/heads/main", commit)], consent: consent)
    #expect(fixture.events.words == [])
    let target = try #require(targets.first)
    let context = fixture.context
    let package = try await Threads.run { () throws(DeployError) in
      try Preflight(target, follows: true, tool: "t", context) { _ in }.makePackage { _ in }
    }
    let files = package.manifest.entries.filter { !$0.isFolder && !$0.name.starts(with: ".actor/".utf8) }
    #expect(files.map(\.identity) == [Manifest.Entry.identity(of: Array("of a".utf8))], "\(tree)")
  }

  enum TreeInPlace: CaseIterable { case nothing, link, linkOutside, repository, worktree, file }

  @Test("have the directory that a link of the commit leads to", arguments: ["link", "link/../link", "up/a"])
  func linkedFolder(_ folder: String) async throws {
    let fixture = try await HookFixture(["real/a/.actor/actor.json": Self.actor, "real/a/main.js": "of a"])
    try fixture.work.link("link", to: "real/a")
    try fixture.work.link("up", to: "./real/../real")
    let map = #"{"push": {"main": {"folder": "\#(folder)", "version": "2.0"}}}"#
    let commit = try await fixture.commit(["my.json": map])
    let consent = DeployConsent(maps: [.init(directory: "", text: map)], actors: ["~shop"])
    let targets = try await fixture.targets(
      [HookFixture.ref("refs/heads/main", commit)], "origin", "my.json", consent: consent)
    let isInside = !folder.contains("..")
    #expect(targets.map(\.folder) == (isInside ? [fixture.work("real/a")] : []))
  }

  @Test("are none without consent")
  func noConsent() async throws {
    let fixture = try await Self.repository(#"{"push": {"main": {}}}"#)
    let commit = try await fixture.head()
    let nothing = DeployConsent(maps: [], actors: [])
    #expect(
      try await fixture.targets([HookFixture.ref("refs/heads/main", commit)], consent: nothing).isEmpty)
    #expect(fixture.events.words == ["not deployed ?: not-allowed"])
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Testing

@testable import ActorProject

@Suite("actorpush.json")
struct DeployMapTests {
  private func map(_ text: String) throws -> DeployMap { try DeployMap(Array(text.utf8)) }

  @Test(
    "takes the first pattern of the file, in whatever way its name is written",
    arguments: [#"f/*"#, #"f\u002F*"#, #"f\/*"#, #"\u0066/\u002a"#])
  func escapedNames(_ name: String) throws {
    let first = try map(#"{"push": {"\#(name)": {"version": "1.0"}, "**": {"version": "2.0"}}}"#)
    #expect(try first.targets(for: "f/x").map(\.version?.description) == ["1.0"])
    let second = try map(#"{"push": {"**": {"version": "2.0"}, "\#(name)": {"version": "1.0"}}}"#)
    #expect(try second.targets(for: "f/x").map(\.version?.description) == ["2.0"])
  }

  @Test("names the line of a pattern that is written with escapes")
  func escapedPosition() throws {
    let text = "{\"push\": {\n\"\\u00e9\\ud83d\\ude00\\n\\t\\\\\\\"/*\": 1}}"
    let error = #expect(throws: ProjectError.self) { try map(text) }
    #expect(error?.position?.line == 2, "\(String(describing: error))")
  }

  @Test(
    "sends a branch by its own name first, then by the first pattern in the file",
    arguments: [
      ("main", "1.0"), ("release/2.3", "2.3"), ("release/old", "9.0"), ("release/2.3/x", "8.0"),
      ("feature/a/b", "8.0"),
      ("other", nil),
    ])
  func branches(_ branch: String, _ version: String?) throws {
    let map = try map(
      """
      {"push": {
        "release/old": {"version": "9.0"}, "release/*": {"version": "{1}"}, "**/*": {"version": "8.0", "tag": "{2}"},
        "main": {"version": "1.0", "tag": "latest", "actor": "~x", "folder": "a/b", "sourceType": "zip", "build": false,
                 "timeout": "30m"}}}
      """)
    let targets = try map.targets(for: branch)
    #expect(targets.map(\.version?.description) == (version.map { [$0] } ?? []))
    if branch == "main" {
      let target = DeployMap.Target(
        actor: "~x", version: try VersionNumber("1.0"), tag: .latest, folder: "a/b", sourceType: .zip,
        builds: false, timeout: TimeLimit("30m"))
      #expect(targets == [target])
    } else {
      #expect(targets.allSatisfy { $0.sourceType == .auto && $0.builds && $0.actor == nil })
    }
    if branch == "feature/a/b" { #expect(targets.first?.tag?.description == "b") }
  }

  @Test(
    "puts what a star has matched wherever its number stands in braces, and leaves all other braces",
    arguments: [
      ("a{1}b", "aé́xb"), ("{1}{1}", "é́xé́x"), ("{1}\u{301}", "é́x\u{301}"), ("{\u{301}1}", "{\u{301}1}"),
      ("{1\u{301}}", "{1\u{301}}"), ("{{1}}", "{é́x}"), ("{+1}", "{+1}"), ("{01}", "é́x"), ("{1", "{1"),
      ("{}", "{}"), ("{ 1}", "{ 1}"), ("{99999999999999999999}", "{99999999999999999999}"),
    ])
  func placeholders(_ folder: String, _ expected: String) throws {
    let map = try map(#"{"push": {"r/*": {"version": "1.0", "folder": "\#(folder)"}}}"#)
    let found = try #require(try map.targets(for: "r/é́x").first?.folder)
    #expect(found.utf8.elementsEqual(expected.utf8))
  }

  @Test(
    "matches a long branch with many stars in time",
    arguments: [
      (String(repeating: "*a", count: 60), 0), (String(repeating: "**a", count: 60) + "b", 0),
      (String(repeating: "*", count: 99) + "b", 1), (String(repeating: "a*", count: 4_000), 0),
    ])
  func manyStars(_ pattern: String, _ count: Int) throws {
    let map = try map(#"{"push": {"\#(pattern)": {"version": "1.0"}}}"#)
    let branch = String(repeating: "a", count: 150) + (count == 0 ? "c" : "b")
    #expect(try map.targets(for: branch).count == count)
  }

  @Test("raises and lowers checks, each with its position")
  func checks() throws {
    let map = try map("{\"checks\": {\"b\": \"off\",\n \"a\": \"error\"}}")
    #expect(map.checks.map(\.id) == ["a", "b"] && map.checks.map(\.level) == [.error, .off])
    #expect(map.checks.first?.position?.line == 2 && map.checks.first?.position?.column == 7)
    for text in [#"{"checks": {"a": "of"}}"#, #"{"checks": {"a": 1}}"#, #"{"checks": ["a"]}"#] {
      #expect(throws: ProjectError.self) { try self.map(text) }
    }
    #expect(try self.map(#"{"checks": null}"#).checks.isEmpty)
  }

  @Test("sends a branch to several Actors, and says what it is about")
  func lists() throws {
    let map = try map(
      #"{"push": {"main": [{"folder": "one"}, {"folder": "two"}]}, "remotes": ["origin"], "provenance": true}"#
    )
    #expect(try map.targets(for: "main").map(\.folder) == ["one", "two"])
    #expect(map.remotes == ["origin"] && map.provenance == true)
    #expect(try self.map("{}").targets(for: "main").isEmpty)
  }

  @Test(
    "says in which line it is wrong",
    arguments: [
      ("{\"push\": {\n\"main\": 1}}", 2, "must be an object"),
      ("{\n\"psuh\": {}}", 2, "\"psuh\" is not known"),
      ("{\"push\": {\"main\": {\n\n\"version\": \"1\"}}}", 3, "MAJOR.MINOR"),
      ("{\"push\": {\"main\": {\n\"version\": \"{1}\"}}}", 2, "{1} stands for a star"),
      ("{\"push\": {\"main\": {\n\"version\": \"{x}\"}}}", 2, "MAJOR.MINOR"),
      ("{\"push\": {\"main\": {\n\"tag\": \"my tag\"}}}", 2, "\"tag\" must be one or more characters of a-z"),
      ("{\"push\": {\"main\": {\n\"tag\": \"{x}\"}}}", 2, "\"tag\" must be one or more characters of a-z"),
      ("{\"push\": {\"main\": {\n\"actor\": \"a/b/c\"}}}", 2, "must be an Actor's ID, USER/NAME or ~NAME"),
      ("{\"push\": {\"main\": [{}, {\n\"actor\": \"my shop\"}]}}", 2, "not \"my shop\""),
      ("{\"push\": {\"main\":\n[1]}}", 2, "list of objects"),
      ("{\n\"remotes\": \"origin\"}", 2, "array of names"),
      ("{\"push\": {\"main\": {\n\"folder\": \"../x\"}}}", 2, "in the project"),
      ("{\"push\": {\"main\": {\n\"build\": 1}}}", 2, "true or false"), ("{\n\"push\" 1}", 2, "colon"),
      ("{\"push\": {\"main\": {\n\"sourceType\": \"tar\"}}}", 2, "auto, files or zip"),
      ("{\"push\": {\"main\": {\n\"timeout\": \"1d\"}}}", 2, "as 90s, 15m or 2h"),
    ])
  func errors(_ text: String, _ line: Int, _ says: String) throws {
    let error = #expect(throws: ProjectError.self) { try map(text) }
    #expect(
      error?.position?.line == line && error?.reason.contains(says) == true, "\(String(describing: error))")
    #expect(error?.file == ".actor/actorpush.json")
  }

  @Test(
    "refuses a branch whose name makes no version, or leads out of the project, at the field that does",
    arguments: [
      ("release/next", #""version": "{1}""#, "version \"next\" of branch \"release/next\""),
      ("release/a+b", #""tag": "v{1}""#, "tag \"va+b\" of branch \"release/a+b\", which must be one or more"),
      ("release/..", #""folder": "{1}/x""#, "folder \"../x\" of branch"),
      ("release/a+b", #""actor": "jane/{1}""#, "actor \"jane/a+b\" of branch \"release/a+b\", which must be"),
    ])
  func noTarget(_ branch: String, _ field: String, _ says: String) throws {
    let map = try map("{\"push\": {\"release/*\": {\n  \"build\": true,\n  \(field)}}}")
    let error = #expect(throws: ProjectError.self) { try map.targets(for: branch) }
    #expect(error?.reason.contains(says) == true, "\(String(describing: error))")
    #expect(error?.position?.line == 3 && (error?.position?.column ?? 0) > 3)
  }
}

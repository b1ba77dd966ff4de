// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import Testing

@testable import Checks

@Suite("actor.json")
struct ActorFileTests {
  @Test(
    "is checked by its documented fields",
    arguments: [
      (
        #"{"name": "my-actor", "buildtag": "x"}"#,
        "warning: .actor/actor.json:1:34: \"buildtag\" is no documented field; did you mean \"buildTag\"? [actor-json-unknown-field]"
      ),
      (
        #"{"name": "my-actor", "colour": "x"}"#,
        "note: .actor/actor.json:1:32: \"colour\" is no documented field [actor-json-unknown-field]"
      ),
      (
        #"{"name": "my-actor", "storages": {"datset": {}}}"#,
        "warning: .actor/actor.json:1:45: \"datset\" is no documented field of \"storages\"; did you mean \"dataset\"? [actor-json-unknown-field]"
      ),
      (
        #"{"name": "x"}"#,
        "error: .actor/actor.json:1:10: \"name\" must be 3 to 63 characters of a-z, 0-9 and -, not \"x\" [actor-json-invalid]"
      ),
      (
        #"{"name": "my-actor",}"#,
        "error: .actor/actor.json:1:21: not valid JSON: a name in double quotes is expected here [actor-json-invalid]"
      ),
      (
        #"{"minMemoryMbytes": 512, "maxMemoryMbytes": 256}"#,
        "warning: .actor/actor.json:1:21: \"minMemoryMbytes\" is 512, more than \"maxMemoryMbytes\", which is 256 [memory-invalid]"
      ),
      (
        #"{"minMemoryMbytes": 1.5}"#,
        "warning: .actor/actor.json:1:21: \"minMemoryMbytes\" must be a whole number from 128 to 32768, not 1.5 [memory-invalid]"
      ),
      (
        #"{"maxMemoryMbytes": 65536}"#,
        "warning: .actor/actor.json:1:21: \"maxMemoryMbytes\" must be a whole number from 128 to 32768, not 65536 [memory-invalid]"
      ),
      (
        #"{"maxMemoryMbytes": "much"}"#,
        "error: .actor/actor.json:1:21: \"maxMemoryMbytes\" must be a number, not a string [actor-json-invalid]"
      ),
      (
        #"{"defaultMemoryMbytes": 256, "minMemoryMbytes": 512}"#,
        "warning: .actor/actor.json:1:25: \"defaultMemoryMbytes\" is 256, outside of \"minMemoryMbytes\" and \"maxMemoryMbytes\" [memory-invalid]"
      ),
    ])
  func fields(_ text: String, _ expected: String) { #expect(Fixture(actor: text).lines == [expected]) }

  @Test("is told all that is wrong in it, and what its Dockerfile lacks, too")
  func all() {
    let fixture = Fixture([
      ".actor/actor.json": """
      {"name": "my-actor", "readme": 5, "meta": "x", "buildtag": 1,
       "buildTag": "my tag", "storages": {"dataset": []}, "environmentVariables": {"A=B": ""}}
      """, "Dockerfile": "FROM x\nCOPY nothing .\n",
    ])
    #expect(
      fixture.lines == [
        "error: Dockerfile:2: COPY nothing: is not in the package [copy-source-missing]",
        "error: .actor/actor.json:1:32: \"readme\" must be a path (a string), not a number [actor-json-invalid]",
        "error: .actor/actor.json:2:14: \"buildTag\" must be one or more characters of a-z, A-Z, 0-9, ., _ and -, "
          + "not \"my tag\" [actor-json-invalid]",
        "error: .actor/actor.json:2:48: \"storages.dataset\" must be a path (a string) or an object, not an array "
          + "[actor-json-invalid]",
        "error: .actor/actor.json:2:85: \"environmentVariables.A=B\": the name must be 1 to 100 characters without = "
          + "and NUL [actor-json-invalid]",
        "warning: .actor/actor.json:1:43: \"meta\" should be an object, not a string [actor-json-invalid]",
        "warning: .actor/actor.json:1:60: \"buildtag\" is no documented field; did you mean \"buildTag\"? "
          + "[actor-json-unknown-field]",
      ])
  }

  @Test(
    "is in order with all that is documented, and with what editors and authors add",
    arguments: [
      #"{"actorSpecification": 1, "name": "my-actor", "version": "0.0", "title": "T", "meta": {"templateId": "x"}}"#,
      #"{"$schema": "x", "name": "my-actor", "//": "x", "_a": 1, "x-y": 2}"#,
      #"{"minMemoryMbytes": 256, "maxMemoryMbytes": 256, "defaultMemoryMbytes": 256}"#,
      #"{"minMemoryMbytes": 256, "defaultMemoryMbytes": "get(input, 'a', 1) * 1024"}"#,
      #"{"input": {"title": "inline"}, "storages": {"dataset": {}, "keyValueStore": {}, "requestQueue": {}}}"#,
      #"{"input": "https://example.com/a.json", "readme": "/abs", "webServerMcpPath": "/mcp"}"#,
    ])
  func documented(_ text: String) { #expect(Fixture(actor: text).lines == []) }

  @Test("is not told what its legacy form may say")
  func legacy() {
    var fixture = Fixture(["apify.json": #"{"name": "my-actor", "template": "x", "env": {}}"#])
    fixture.files[".actor/actor.json"] = nil
    #expect(fixture.lines == [])
    // But what has no effect is told.
    fixture.files["apify.json"] =
      #"{"name": "my-actor", "other": 1, "env": {"A": "1"}, "buildTags": "x"}"#
    #expect(fixture.lines.count == 2, "\(fixture.lines)")
    #expect(fixture.lines.contains { $0.contains("\"env\" is not read") }, "\(fixture.lines)")
    #expect(
      fixture.lines.contains { $0.contains("\"buildTags\" is no documented field") }, "\(fixture.lines)")
  }

  @Test(
    "names files that are in the package",
    arguments: [
      "input", "inputSchema", "output", "readme", "changelog", "webServerSchema", "storages.dataset",
      "storages.keyValueStore", "storages.datasets.one",
    ])
  func paths(_ field: String) {
    func actor(_ path: String) -> String {
      field.split(separator: "." as Character).reversed().reduce("\"\(path)\"") { "{\"\($1)\": \($0)}" }
    }
    let there = Fixture(actor: actor("./a.json"), [".actor/a.json": "{}"])
    #expect(there.lines == [])
    for (path, words) in [
      ("./b.json", "is not in the package"), ("../a.json", "is not in the package"),
      ("../../a.json", "leads out of"),
      ("..", "is a directory"), ("./", "is a directory"),
    ] {
      var fixture = there
      fixture.files[".actor/actor.json"] = actor(path)
      #expect(fixture.findings.map(\.check) == [.pathMissing], "\(path)")
      #expect(fixture.lines.first?.contains("\"\(field)\": \(path) \(words)") == true, "\(fixture.lines)")
    }
    var ignored = there
    ignored.files[".actor/actor.json"] = actor("../schemas/a.json")
    ignored.exclusions = [.git("schemas/", line: 3)]
    #expect(ignored.lines.first?.contains("schemas/ is left out by .gitignore:3: schemas/") == true)
  }

  @Test("names schemas that are JSON")
  func schemas() {
    var fixture = Fixture(
      actor: #"{"input": "./in.json", "storages": {"dataset": "./set.json"}}"#,
      [".actor/in.json": "{\n  \"a\": 1,\n}", ".actor/set.json": "[]"])
    #expect(
      fixture.lines == [
        "error: .actor/in.json:3:1: not valid JSON: a name in double quotes is expected here [schema-invalid]",
        "error: .actor/set.json:1:1: a JSON object is expected, not an array [schema-invalid]",
      ])
    fixture.files[".actor/in.json"] = "\u{FEFF}{\"a\": 1}"
    fixture.files[".actor/set.json"] = "{}"
    #expect(fixture.lines == [])
    // Where it is looked for unasked.
    var unnamed = Fixture(["INPUT_SCHEMA.json": "{"])
    #expect(unnamed.found == ["schema-invalid INPUT_SCHEMA.json:1:2"])
    unnamed.files["INPUT_SCHEMA.json"] = nil
    unnamed.files["schemas/INPUT_SCHEMA.json"] = "{"
    #expect(unnamed.lines == [])
  }

  @Test("has a tag for its version, or is told")
  func tags() {
    let package = Fixture(actor: #"{"name": "my-actor", "version": "1.2"}"#).package
    var settings = CheckSettings()
    #expect(package.findings(settings).map(\.check) == [.versionUntagged])
    #expect(package.findings(settings).first?.location == ".actor/actor.json:1:33")
    settings.buildTag = .latest
    #expect(package.findings(settings).isEmpty)
    #expect(Fixture(actor: #"{"name": "my-actor"}"#).package.findings(CheckSettings()).isEmpty)
  }

  @Test("names the Actor that the caller names, or is told")
  func actors() {
    for (name, wanted, isFound) in [
      ("my-actor", "my-actor", false), ("jane/my-actor", "my-actor", false), ("my-actor", "other", true),
      ("my-actor", nil, false),
    ] as [(String, String?, Bool)] {
      var fixture = Fixture(actor: "{\"name\": \"\(name)\"}")
      fixture.settings.actorName = wanted
      #expect(fixture.found == (isFound ? ["other-actor .actor/actor.json:1:10"] : []))
    }
  }

  @Test("says what becomes of a check")
  func levels() throws {
    var fixture = Fixture(dockerfile: "FROM x\nCOPY nothing .\n")
    for (level, expected) in [
      (DeployMap.CheckLevel.Level.off, []), (.note, ["note"]), (.warning, ["warning"]), (.error, ["error"]),
    ] {
      fixture.settings.levels = [DeployMap.CheckLevel(id: "copy-source-missing", level: level)]
      #expect(fixture.findings.map(\.severity.rawValue) == expected)
    }
    let map = try DeployMap(Array("{\"checks\": {\n  \"copy-sourc-missing\": \"off\"}}".utf8))
    fixture.settings.levels = map.checks
    #expect(
      fixture.lines.last
        == "warning: .actor/actorpush.json:2:25: there is no check copy-sourc-missing; "
        + "did you mean copy-source-missing? [unknown-check]")
    #expect(fixture.findings.count == 2)
  }
}

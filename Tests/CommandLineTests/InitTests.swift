// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import TestSupport
import Testing

@Suite("init")
struct InitTests {
  @Test(
    "names the Actor after the directory",
    arguments: [
      ("My Actor!", "my-actor"), ("web_scraper.v2", "web-scraper-v2"), ("x", "x-actor"), ("--", "my-actor"),
      ("Größe", "gr-e"), (String(repeating: "a", count: 70), String(repeating: "a", count: 63)),
    ])
  func name(directory: String, name: String) async throws {
    let folder = try TemporaryFolder()
    try folder.folder(directory)
    let output = try await Program()("init", "--json", "./\(directory)", in: folder)
    #expect(output.status == 0, "\(output.talk)")
    #expect(output.text.contains(#""created":true"#) && output.text.contains(#""name":"\#(name)""#))
    let text = try await shell("cat", [folder("\(directory)/.actor/actor.json")]).text
    #expect(
      text == """
        {
          "actorSpecification": 1,
          "name": "\(name)",
          "version": "0.0",
          "buildTag": "latest"
        }

        """)
    // What it wrote, the other commands read.
    let list = try await shell(
      Program.location(), ["list", "./\(directory)"], in: folder.path, environment: Program().environment)
    #expect(list.status == 0 && list.text.contains(".actor/actor.json"), "\(list.talk)")
  }

  @Test(
    "leaves an actor.json as it is, the Apify CLI's old one, too",
    arguments: [".actor/actor.json", "apify.json"])
  func existing(file: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write(file, #"{"name": "old-name", "version": "1.2"}"#)
    let output = try await Program()("init", in: folder)
    #expect(output.status == 0 && output.talk.contains("\(file) is there already: old-name, version 1.2"))
    #expect(try await shell("cat", [folder(file)]).text == #"{"name": "old-name", "version": "1.2"}"#)
    let other = file == "apify.json" ? ".actor" : "apify.json"
    #expect(try await shell("test", ["-e", folder(other)]).status == 1)
  }

  @Test("makes a project of a directory that can't be packaged yet")
  func unpackageable() async throws {
    let folder = try TemporaryFolder()
    try folder.link("broken", to: "/nowhere")
    try folder.folder("sub")
    try folder.link("sub/up", to: "..")
    let output = try await Program()("init", in: folder)
    #expect(output.status == 0, "\(output.talk)")
    let file = try TemporaryFolder()
    try file.write(".actor", "")
    let refused = try await Program()("init", in: file)
    #expect(refused.status == 1 && refused.talk.contains("(.actor)"), "\(refused.talk)")
  }

  @Test("writes nothing in a dry run, names the Dockerfile, and what is mostly not meant")
  func dryRun() async throws {
    let folder = try TemporaryFolder()
    for name in ["Dockerfile", ".env", "src/__pycache__/a.pyc", "main.py"] { try folder.write(name, "text") }
    let output = try await Program()("init", "--dry-run", "--name", "given", in: folder)
    #expect(output.status == 0 && output.text.contains(#""name": "given""#), "\(output.talk)")
    #expect(output.talk.contains("would write .actor/actor.json: given, version 0.0"))
    #expect(output.talk.contains("the build uses Dockerfile"))
    #expect(output.talk.contains("(leave them out in .actorignore): .env __pycache__/"))
    #expect(try await shell("test", ["-e", folder(".actor")]).status == 1)
  }

  @Test(
    "refuses a name that the file that is there does not have",
    arguments: [
      ("{}", "no name"), (#"{"name": "other-actor"}"#, "the name other-actor"), (#"{"name": "given"}"#, nil),
    ])
  func otherName(text: String, says: String?) async throws {
    let folder = try TemporaryFolder.actor(text)
    let output = try await Program()("init", "--name", "given", in: folder)
    #expect(output.status == (says == nil ? 0 : 5), "\(output.talk)")
    if let says { #expect(output.talk.contains("with \(says), and is not changed"), "\(output.talk)") }
    #expect(try String(contentsOfFile: folder(".actor/actor.json"), encoding: .utf8) == text)
  }

  @Test(
    "looks for the Dockerfile that actor.json names, from where that lies",
    arguments: [
      (".actor/actor.json", "../docker/Dockerfile", "the build uses docker/Dockerfile"),
      (".actor/actor.json", "./Dockerfile.prod", "the build uses .actor/Dockerfile.prod"),
      ("actor.json", "docker/./Dockerfile", "the build uses docker/Dockerfile"),
      (
        ".actor/actor.json", "docker/Dockerfile",
        "there is no .actor/docker/Dockerfile, which .actor/actor.json names"
      ),
      (".actor/actor.json", "https://example.com/Dockerfile", "the build uses Dockerfile"),
    ])
  func dockerfile(file: String, path: String, says: String) async throws {
    let folder = try TemporaryFolder()
    for name in ["Dockerfile", "docker/Dockerfile", ".actor/Dockerfile.prod"] {
      try folder.write(name, "FROM x\n")
    }
    try folder.write(file, "{\"name\": \"my-actor\", \"dockerfile\": \"\(path)\"}")
    let output = try await Program()("init", in: folder)
    #expect(output.status == 0 && output.talk.contains(says), "\(output.talk)")
    let isThere = says.hasPrefix("the build uses ")
    let json = try await Program()("init", "--json", in: folder).text
    #expect(json.contains("\"dockerfile\":\"\(says.dropFirst(isThere ? 15 : 0))\"") == isThere, "\(json)")
  }

  @Test("refuses a name that no Actor can have, and a directory that is not there")
  func refusals() async throws {
    let folder = try TemporaryFolder()
    let name = try await Program()("init", "--name", "No", in: folder)
    #expect(name.status == 5 && name.talk.contains("--name No: must be 3 to 63 characters of a-z, 0-9 and -"))
    let directory = try await Program()("init", "nowhere", in: folder)
    #expect(directory.status == 5 && directory.talk.contains("no such directory (nowhere)"))
  }

  @Test("writes nothing through a link that leads out of the directory")
  func link() async throws {
    let folder = try TemporaryFolder()
    try folder.folder("elsewhere")
    try folder.folder("project")
    try folder.link("project/.actor", to: "../elsewhere")
    let output = try await shell(
      Program.location(), ["init", "--name", "my-actor"], in: folder("project"),
      environment: Program().environment)
    #expect(output.status == 5 && output.talk.contains("(.actor)"), "\(output.talk)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder("elsewhere")) == [])
    // One that stays in it is followed.
    try folder.folder("project/config")
    try FileManager.default.removeItem(atPath: folder("project/.actor"))
    try folder.link("project/.actor", to: "config")
    let inside = try await shell(
      Program.location(), ["init", "--name", "my-actor"], in: folder("project"),
      environment: Program().environment)
    #expect(inside.status == 0, "\(inside.talk)")
    #expect(FileManager.default.fileExists(atPath: folder("project/config/actor.json")))
  }
}

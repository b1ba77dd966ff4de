// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorFaults
import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

/// A job of CI starts from nothing: a fresh clone, no memory, the secrets in its environment.
@Suite("Variables pushed from fresh clones")
struct SharedVariableTests {
  private static let secret = "a-secret-that-is-not-to-be-seen"

  /// A repository with an Actor that declares `variables`.
  private static func repository(_ variables: String) async throws -> TemporaryFolder {
    let folder = try TemporaryFolder.actor()
    try await git(["init", "-q", "-b", "main"], in: folder.path)
    try await declare(variables, in: folder)
    return folder
  }

  private static func declare(_ variables: String, in folder: TemporaryFolder) async throws {
    try folder.write(
      ".actor/actor.json",
      #"{"name": "my-actor", "version": "0.1", "buildTag": "latest", "environmentVariables": \#(variables)}"#)
    try await git(["add", "-A"], in: folder.path)
    try await git(["commit", "-q", "--allow-empty", "-m", "x"], in: folder.path)
  }

  /// A push from a fresh clone of `folder`, by a program that remembers nothing.
  private static func push(
    _ folder: TemporaryFolder, _ address: PlatformEmulator.Address, secret: String? = secret,
    _ arguments: [String] = []
  ) async throws -> Output {
    let clone = try TemporaryFolder()
    try await git(["clone", "-q", folder.path, clone("x")], in: clone.path)
    var environment = Program(address).environment
    environment["KEY"] = secret
    return try await shell(
      Program.location(), ["push", clone("x")] + (secret == nil ? [] : ["--secret-env", "KEY"]) + arguments,
      in: clone.path, environment: environment)
  }

  @Test(
    "are not sent again where a secret is the same, and are where it is another one",
    arguments: ["files", "zip"])
  func secret(form: String) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try await Self.repository(#"{"MODE": "fast"}"#)
      let source = ["--source-type", form]
      #expect(try await Self.push(folder, address, source).status == 0)
      emulator.clearRequests()
      let again = try await Self.push(folder, address, source)
      #expect(again.status == 0 && again.talk.contains("up to date (latest = build 0.1.1)"), "\(again.talk)")
      #expect(emulator.requests.allSatisfy { $0.request.method == "GET" })
      let other = try await Self.push(folder, address, secret: "another-secret", source)
      #expect(other.status == 0 && emulator.state.builds.count == 2, "\(other.talk)")
      #expect(try emulator.version("0.1", of: "~my-actor").envVars.contains { $0.value == "another-secret" })
      let last = try await Self.push(folder, address, secret: "another-secret", source)
      #expect(last.status == 0 && last.talk.contains("up to date (latest = build 0.1.2)"), "\(last.talk)")
      // What is kept for that holds no value.
      let store = try #require(emulator.state.stores.values.first?.name)
      let record = try #require(try emulator.record("variables-0.1.json", in: store))
      let text = String(decoding: record, as: UTF8.self)
      #expect(text.contains("KEY") && !text.contains("another-secret") && !text.contains("fast"))
    }
  }

  @Test("are built again where they were changed without a build")
  func unbuilt() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try await Self.repository(#"{"MODE": "fast"}"#)
      #expect(try await Self.push(folder, address).status == 0)
      #expect(try await Self.push(folder, address, secret: "another-secret", ["--no-build"]).status == 0)
      #expect(emulator.state.builds.count == 1)
      let next = try await Self.push(folder, address, secret: "another-secret")
      #expect(next.status == 0 && next.talk.contains("changed since its last build 0.1.1"), "\(next.talk)")
      #expect(emulator.state.builds.count == 2)
    }
  }

  @Test("are sent again, with the reason, where the store does not let us read or write")
  func refused() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try await Self.repository("{}")
      for method in ["POST", "GET"] {
        // The record of the build is refused, too.
        emulator.inject(
          Fault(
            .error(status: 403, type: "insufficient-permissions", message: "No."), method: method,
            pathPrefix: "/v2/key-value-stores"), times: method == "POST" ? 2 : 1)
        let output = try await Self.push(folder, address)
        #expect(output.status == 0, "\(output.talk)")
        #expect(
          output.talk.contains("fingerprint of the environment variables") && output.talk.contains("No."),
          "\(output.talk)")
      }
      #expect(emulator.state.builds.count == 2)
    }
  }

  @Test(
    "are sent again where one was given elsewhere, and what was given could not be kept or was set by hand")
  func givenElsewhere() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      func value() throws -> String? { try emulator.version("0.1", of: "~my-actor").envVars.first?.value }
      let folder = try await Self.repository("{}")
      #expect(try await Self.push(folder, address).status == 0)
      emulator.inject(
        Fault(
          .error(status: 403, type: "insufficient-permissions", message: "No."), method: "PUT",
          pathPrefix: "/v2/key-value-stores"), times: 3)
      #expect(try await Self.push(folder, address, secret: "another-secret").status == 0)
      #expect(try value() == "another-secret")
      #expect(try await Self.push(folder, address).status == 0)
      #expect(try value() == Self.secret)
      let edit = try await Program(address)(
        "version", "set", "--secret-env", "KEY", in: folder, with: ["KEY": "by-hand-given"])
      #expect(edit.status == 0, "\(edit.talk)")
      #expect(try await Self.push(folder, address).status == 0)
      #expect(try value() == Self.secret)
    }
  }

  @Test("are removed where an earlier push from anywhere declared them, and a later commit does not")
  func removed() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      func names() throws -> [String] {
        try emulator.version("0.1", of: "~my-actor").envVars.map(\.name).sorted()
      }
      let folder = try await Self.repository(#"{"OLD": "1", "STAYS": "1"}"#)
      #expect(try await Self.push(folder, address, secret: nil).status == 0)
      try await Self.declare(#"{"STAYS": "1"}"#, in: folder)
      let next = try await Self.push(folder, address, secret: nil, ["-q"])
      #expect(next.status == 0 && next.talk.contains("removing the environment variable OLD"), "\(next.talk)")
      #expect(try names() == ["STAYS"])
      // A clone that has not pulled declares less than the last push: it takes nothing away.
      try await Self.declare(#"{"STAYS": "1", "NEW": "1"}"#, in: folder)
      #expect(try await Self.push(folder, address, secret: nil).status == 0)
      try await git(["reset", "-q", "--hard", "HEAD~1"], in: folder.path)
      let behind = try await Self.push(folder, address, secret: nil, ["--force"])
      #expect(behind.status == 0 && behind.talk.contains("kept"), "\(behind.talk)")
      #expect(try names() == ["NEW", "STAYS"])
    }
  }

  @Test("are no conflict where a colleague whose commit is here has changed them")
  func turns() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try await Self.repository(#"{"MODE": "1"}"#)
      let mine = Program(address)
      #expect(try await mine("push", in: folder).status == 0)
      try await Self.declare(#"{"MODE": "2"}"#, in: folder)
      #expect(try await Self.push(folder, address, secret: nil).status == 0)
      try await Self.declare(#"{"MODE": "3"}"#, in: folder)
      let next = try await mine("push", in: folder)
      #expect(next.status == 0, "\(next.talk)")
      #expect(try emulator.version("0.1", of: "~my-actor").envVars.map(\.value) == ["3"])
    }
  }

  @Test("of a command line, or of no commit, are not changed by others, who know nothing of them")
  func commandLine() async throws {
    for isUncommitted in [false, true] {
      try await PlatformEmulator.running(.tests) { emulator, address in
        func value() throws -> String? { try emulator.version("0.1", of: "~my-actor").envVars.first?.value }
        let folder = try await Self.repository(#"{"MODE": "1"}"#)
        let mine = Program(address)
        #expect(try await mine("push", in: folder).status == 0)
        if isUncommitted {
          let clone = try TemporaryFolder()
          try await git(["clone", "-q", folder.path, clone("x")], in: clone.path)
          try clone.write(
            "x/.actor/actor.json",
            #"{"name": "my-actor", "version": "0.1", "buildTag": "latest", "environmentVariables": {"MODE": "5"}}"#
          )
          #expect(try await Program(address)("push", clone("x"), in: clone).status == 0)
        } else {
          #expect(try await Self.push(folder, address, secret: nil, ["--env", "MODE=5"]).status == 0)
        }
        #expect(try value() == "5")
        // The one who has pushed before, and one who has not.
        let known = try await mine("push", in: folder)
        // What is in no commit is a change of the file, too.
        let says = isUncommitted ? "was changed on the platform" : "environment variable MODE"
        #expect(known.status == 7 && known.talk.contains(says), "\(known.talk)")
        let fresh = try await Self.push(folder, address, secret: nil)
        #expect(fresh.status == 7, "\(fresh.talk)")
        // Taken out of actor.json it is not removed, either.
        try await Self.declare("{}", in: folder)
        #expect(try await mine("push", in: folder).status == 7)
        #expect(try value() == "5")
        if isUncommitted { return }
        // What a fresh machine is told on its command line, as in CI, is meant.
        try await Self.declare(#"{"MODE": "1"}"#, in: folder)
        #expect(try await Self.push(folder, address, secret: nil, ["--env", "MODE=6"]).status == 0)
        #expect(try value() == "6")
      }
    }
  }

  /// How the first clone is made, how the value came about that the platform has, and how the push ends.
  static let givers: [(clone: [String], value: String, says: String?)] = [
    ([], "2", nil),
    (
      [], "by hand",
      "has other values than actor.json for environment variable MODE, and none of the last commits"
    ),
    (["--depth", "1"], "2", "this shallow clone does not have the commit that they come from"),
  ]

  @Test(
    "are in the way where nothing shows who has given them, and not where a commit has", arguments: givers)
  func unknownGiver(_ row: (clone: [String], value: String, says: String?)) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      func value() throws -> String? { try emulator.version("0.1", of: "~my-actor").envVars.first?.value }
      let folder = try await Self.repository(#"{"MODE": "1"}"#)
      try await Self.declare(#"{"MODE": "2"}"#, in: folder)
      #expect(try await Self.push(folder, address, secret: nil).status == 0)
      try await Self.declare(#"{"MODE": "3"}"#, in: folder)
      // What pushes have left is lost.
      let console = try emulator.console()
      for store in emulator.state.stores.keys {
        try emulator.edit { state throws(PlatformError) in _ = try state.deleteStore(store, for: console) }
      }
      var change = VersionChange()
      change.envVars = [EnvironmentVariableChange(name: "MODE", value: row.value)]
      _ = try emulator.setVersion("0.1", of: "~my-actor", change)
      let clone = try TemporaryFolder()
      try await git(["clone", "-q"] + row.clone + ["file://\(folder.path)", clone("x")], in: clone.path)
      let output = try await Program(address)("push", clone("x"), in: clone)
      #expect(output.status == (row.says == nil ? 0 : 7), "\(output.talk)")
      #expect(row.says.map { output.talk.contains($0) } ?? true, "\(output.talk)")
      #expect(try value() == (row.says == nil ? "3" : row.value))
      guard row.says != nil else { return }
      // What the command line gives is meant.
      try clone.write("variables", "MODE=4\n")
      let asked = try await Program(address)("push", clone("x"), "--env-file", "variables", in: clone)
      #expect(asked.status == 0, "\(asked.talk)")
      #expect(try value() == "4")
    }
  }
}

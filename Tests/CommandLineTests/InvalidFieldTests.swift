// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import PlatformEmulator
import TestSupport
import Testing

@Suite("A field of actor.json that is not valid", .timeLimit(.minutes(2)))
struct InvalidFieldTests {
  /// A command, the fields that it reads, and how it ends where one of them is not valid.
  struct Command: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let fields: Set<String>
    let status: Int32

    init(_ words: String, _ fields: some Sequence<String>, status: Int32 = 5) {
      arguments = words.split(separator: " ").map(String.init)
      self.fields = Set(fields)
      self.status = status
    }

    var testDescription: String { arguments.joined(separator: " ") }
  }

  /// Each field with a value that no push takes.
  static let fields = [
    "name": #""x""#, "version": #""1""#, "buildTag": #""my tag""#, "title": "1", "description": "[]",
    "usesStandbyMode": #""yes""#, "environmentVariables": #"{"A": 1}"#, "dockerfile": "1",
    "storages": "5",
  ]

  static let commands = [
    Command("push --dry-run", fields.keys), Command("pack --format zip -o package", fields.keys),
    Command("check", fields.keys), Command("doctor", fields.keys, status: 1),
    Command("diff", ["name", "version"]), Command("version", ["name", "version"]),
    Command("version set --env B=1", ["name", "version"]), Command("pull --dry-run", ["name", "version"]),
    Command("pull --dry-run --build latest", ["name"]), Command("builds", ["name"]),
    Command("build", ["name"]), Command("open --print", ["name"]),
    Command("tag latest --build 0.1.1", ["name"]), Command("list", []), Command("explain main.js", []),
    Command("diff --actor ~my-actor --version 0.1", []),
    Command("list --all --json", ["name", "version", "buildTag"], status: 0),
  ]

  @Test("stops what reads it, is named there, and stops nothing else", arguments: commands)
  func table(_ command: Command) async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try TemporaryFolder()
      try folder.write("main.js", "1")
      try folder.write("Dockerfile", "FROM scratch\n")
      let program = Program(address)
      func declare(_ values: [String: String]) throws {
        let members = values.sorted { $0.key < $1.key }.map { "\"\($0)\": \($1)" }
        try folder.write(".actor/actor.json", "{\(members.joined(separator: ", "))}")
      }
      let valid = ["name": #""my-actor""#, "version": #""0.1""#, "buildTag": #""latest""#]
      try declare(valid)
      #expect(try await program("push", in: folder).status == 0)
      for (field, value) in Self.fields {
        try declare(valid.merging([field: value]) { $1 })
        let output = try await program.run(command.arguments, in: folder)
        let isRead = command.fields.contains(field)
        #expect(output.status == (isRead ? command.status : 0), "\(field): \(output.talk)\(output.text)")
        #expect((output.talk + output.text).contains("\(field)") || !isRead, "\(field): \(output.talk)")
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import TestSupport
import Testing

@Suite("The help")
struct HelpTests {
  /// A command as the program describes it to other programs.
  struct Command: Decodable {
    struct Argument: Decodable {
      struct Name: Decodable {
        let kind: String
        let name: String
      }
      let kind: String
      let shouldDisplay: Bool
      let names: [Name]?
      let abstract: String?
    }
    let commandName: String
    let shouldDisplay: Bool
    let arguments: [Argument]?
    let subcommands: [Command]?

    /// It and all below it, with the words that call them.
    func all(_ path: [String] = []) -> [(path: [String], command: Command)] {
      [(path, self)]
        + (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }.flatMap {
          $0.all(path + [$0.commandName])
        }
    }
  }

  private static func commands(in folder: TemporaryFolder) async throws -> [(
    path: [String], command: Command
  )] {
    struct Document: Decodable { let command: Command }
    let output = try await Program()("--experimental-dump-help", in: folder)
    return try JSONDecoder().decode(Document.self, from: Data(output.bytes)).command.all()
  }

  private static func help(
    _ path: [String], in folder: TemporaryFolder, columns: Int = 80
  ) async throws -> Output {
    try await shell(
      Program.location(), path + ["--help"], in: folder.path, environment: ["COLUMNS": "\(columns)"])
  }

  @Test("needs no width, and no more do errors", arguments: [-5, 0, 1, 5, 28])
  func narrow(_ columns: Int) async throws {
    let folder = try TemporaryFolder()
    for (arguments, status) in [(["push", "--help"], 0), ([], 0), (["push", "--x"], 64), (["x"], 64)]
      as [([String], Int32)]
    {
      let output = try await shell(
        Program.location(), arguments, in: folder.path, environment: ["COLUMNS": "\(columns)"])
      #expect(output.status == status && !output.talk.contains("Fatal"), "\(arguments): \(output.talk)")
    }
  }

  @Test("of each command has titled groups, all options, and three examples, in the width of the terminal")
  func pages() async throws {
    let folder = try TemporaryFolder()
    let commands = try await Self.commands(in: folder)
    #expect(commands.count > 20)
    for (path, command) in commands {
      let output = try await Self.help(path, in: folder)
      let lines = output.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      let name = (["actorpush"] + path).joined(separator: " ")
      #expect(output.status == 0 && output.talk.isEmpty && !output.text.contains("\u{1B}"), "\(name)")
      #expect(lines.contains { $0.hasPrefix("Usage: \(name)") }, "\(output.text)")
      for argument in command.arguments ?? [] where argument.shouldDisplay {
        #expect(argument.abstract?.isEmpty == false, "\(name): \(argument)")
        for option in (argument.names ?? []).filter({ $0.kind == "long" }) {
          #expect(output.text.contains("--\(option.name)"), "\(name): --\(option.name)")
        }
      }
      // Nothing is indented but what stands below a title.
      let titles = lines.indices.filter { lines[$0].hasSuffix(":") && !lines[$0].hasPrefix(" ") }
      let firstRow = lines.firstIndex { $0.hasPrefix("  ") } ?? 0
      #expect(titles.first.map { $0 < firstRow } == true, "\(output.text)")
      #expect(
        lines.contains("Output:") != path.isEmpty && Self.examples(lines).count >= 3,
        "\(name): \(output.text)")
      for columns in [40, 80, 120] {
        let page = try await Self.help(path, in: folder, columns: columns).text
        for line in page.split(separator: "\n") where line.unicodeScalars.count > columns {
          // A word, or an example, that is longer than the line stays whole.
          let isWhole = line.hasPrefix("  actorpush ") || line.split(separator: " ").count == 1
          #expect(columns == 40 && (isWhole || line.contains("--")), "\(name), \(columns): \(line)")
        }
      }
    }
  }

  @Test("has examples that the program understands")
  func examples() async throws {
    let folder = try TemporaryFolder()
    let bin = try TemporaryFolder()
    try bin.link("actorpush", to: Program.location())
    for (path, _) in try await Self.commands(in: folder) {
      let lines = try await Self.help(path, in: folder, columns: 200).text.split(separator: "\n").map(
        String.init)
      for example in Self.examples(lines) where example.contains("actorpush") {
        // Without a token and a project nothing can be done; only what is not understood ends with 64.
        let place = try TemporaryFolder()
        let script =
          "PATH=\"$1:$PATH\"; set -o pipefail; \(example.replacing("URL", with: "https://example.com"))"
        let output = try await shell(
          "bash", ["-c", script, "bash", bin.path], in: place.path,
          environment: ["HOME": place.path, "APIFY_CLIENT_BASE_URL": "http://127.0.0.1:9"])
        #expect(output.status != 64 && output.status != 127, "\(example): \(output.talk)")
        #expect(!output.talk.contains("unknown"), "\(example): \(output.talk)")
      }
    }
  }

  /// The commands of the examples, without their remarks.
  private static func examples(_ lines: [String]) -> [String] {
    guard let start = lines.firstIndex(of: "Examples:") else { return [] }
    return lines[(start + 1)...].prefix { $0.hasPrefix("  ") }.filter { !$0.hasPrefix("    ") }.map { line in
      let body = line.dropFirst(2)
      return String(body.prefix(upTo: body.firstRange(of: "  ")?.lowerBound ?? body.endIndex))
    }
  }

  @Test(
    "is the same by help, by --help and by -h",
    arguments: [[], ["push"], ["hook", "install"], ["version", "set"], ["hook"]])
  func ways(_ path: [String]) async throws {
    let folder = try TemporaryFolder()
    let page = try await Self.help(path, in: folder).text
    for arguments in [["help"] + path, path + ["-h"]] {
      let output = try await shell(
        Program.location(), arguments, in: folder.path, environment: ["COLUMNS": "80"])
      #expect(output.status == 0 && output.text == page, "\(arguments)")
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import TestSupport
import Testing

@Suite("A command line that is not understood")
struct UsageTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let error: String
    let help: String
    var testDescription: String { arguments.joined(separator: " ") }

    init(_ line: String, _ error: String, help: String) {
      // '' stands for a word without a character.
      arguments = line.split(separator: " ").map { $0 == "''" ? "" : String($0) }
      (self.error, self.help) = (error, help)
    }
  }

  static let rows: [Row] = [
    Row("lst", "unknown command lst (actorpush)", help: "did you mean actorpush list?"),
    Row("hook inst", "unknown command inst (actorpush hook)", help: "commands are install, allow"),
    Row(
      "hook instal", "unknown command instal (actorpush hook)", help: "did you mean actorpush hook install?"),
    Row("frobnicate", "unknown command frobnicate (actorpush)", help: "commands are push, diff"),
    Row("login", "unknown command login (actorpush)", help: "there is none: ~/.apify/auth.json is read"),
    Row(
      "push --build-tag beta", "unknown option --build-tag (actorpush push)", help: "the tag is --tag here"),
    Row("push --no-prompt", "unknown option --no-prompt (actorpush push)", help: "leave it out"),
    Row(
      "push --wait-for-finish=3", "unknown option --wait-for-finish (actorpush push)", help: "--wait SECONDS"),
    Row("list --no-prompt", "unknown option --no-prompt (actorpush list)", help: "actorpush list --help"),
    Row("help nope", "unknown command nope (actorpush help)", help: "commands are push, diff"),
    Row("help pus", "unknown command pus (actorpush help)", help: "did you mean actorpush help push?"),
    Row(
      "help hook instal", "unknown command instal (actorpush help)",
      help: "did you mean actorpush help hook install?"),
    Row("help push x", "unexpected argument 'x' (actorpush help)", help: "usage: actorpush push"),
    Row("nope --help", "unknown command nope (actorpush)", help: "commands are push, diff"),
    Row(
      "hook instal -h", "unknown command instal (actorpush hook)",
      help: "did you mean actorpush hook install?"),
    Row("list --tre", "unknown option --tre (actorpush list)", help: "did you mean --tree?"),
    Row(
      "help push --foo", "help takes the names of commands, not --foo (actorpush help)",
      help: "actorpush push --help shows the page; it is text only"),
    Row(
      "help -x", "help takes the names of commands, not -x (actorpush help)", help: "actorpush --help shows"),
    Row("push --dryrun", "unknown option --dryrun (actorpush push)", help: "did you mean --dry-run?"),
    Row(
      "list --bogus", "unknown option --bogus (actorpush list)",
      help: "actorpush list --help shows what there is"),
    Row("explain --nope", "unknown option --nope (actorpush explain)", help: "actorpush explain --help"),
    Row("list -z", "unknown option -z (actorpush list)", help: "actorpush list --help"),
    Row("list --version", "unknown option --version (actorpush list)", help: "actorpush --version shows"),
    Row(
      "version set --buildtag x", "unknown option --buildtag (actorpush version set)",
      help: "did you mean --build-tag?"),
    Row("version --jsn", "unknown option --jsn (actorpush version)", help: "did you mean --json?"),
    Row(
      "push --version", "--version needs a value (actorpush push)", help: "--version <version>: The version"),
    Row("push --tag --dry-run", "--tag needs a value (actorpush push)", help: "--tag <tag>: "),
    Row(
      "list --tree=x", "--tree takes no value, but 'x' is given (actorpush list)",
      help: "actorpush list --help"),
    Row(
      "list a b", "unexpected argument 'b' (actorpush list)",
      help: "usage: actorpush list [options] [<directory>]"),
    Row("list a b c", "unexpected arguments 'b', 'c' (actorpush list)", help: "usage: actorpush list"),
    Row("pack", "--output is missing (actorpush pack)", help: "-o, --output <output>: Where to write"),
    Row("explain", "<paths> is missing (actorpush explain)", help: "<paths>: Files or directories."),
    Row("pack -x", "unknown option -x (actorpush pack)", help: "actorpush pack --help shows what there is"),
    Row("tag -qx", "unknown option -qx (actorpush tag)", help: "actorpush tag --help shows what there is"),
    Row("tag -q", "<tag> is missing (actorpush tag)", help: "<tag>: The tag."),
    Row("explain -quiet", "unknown option -quiet (actorpush explain)", help: "did you mean --quiet?"),
    Row(
      "list --sort sise", "--sort: invalid value 'sise' (actorpush list)",
      help: "did you mean size? it is one of name, size"),
    Row(
      "list --tree --depth x", "--depth: invalid value 'x' (actorpush list)",
      help: "--depth <levels>: How deep"),
    Row(
      "push --color=rd", "--color: invalid value 'rd' (actorpush push)",
      help: "it is one of auto, always, never"),
    Row(
      "push --build --no-build", "--no-build and --build exclude each other (actorpush push)",
      help: "give one of them"),
    Row("list --depth 2", "--depth needs --tree (actorpush list)", help: "actorpush list --help"),
    Row("version set", "nothing to change (actorpush version set)", help: "give an option, e.g. --build-tag"),
    Row("push --wait -1", "--wait", help: ""),
    Row("push --version 1.100", "--version 1.100: must be MAJOR.MINOR, each 0 to 99, such as 0.1", help: ""),
    Row("push --tag a/b", "--tag a/b: must be one or more characters of a-z, A-Z, 0-9, ., _ and -", help: ""),
    Row("push --tag ''", "the value of --tag is empty (actorpush push)", help: "--tag <tag>: "),
    Row("push --tag= --dry-run", "the value of --tag is empty (actorpush push)", help: "--tag <tag>: "),
    Row("pack -o ''", "the value of -o is empty (actorpush pack)", help: "-o, --output <output>: "),
    Row("pack -o=", "the value of -o is empty (actorpush pack)", help: "-o, --output <output>: "),
    Row("list --tree ''", "an argument is empty (actorpush list)", help: "actorpush list --help"),
    Row("list ''", "an argument is empty (actorpush list)", help: "actorpush list --help"),
    Row("list -- ''", "an argument is empty (actorpush list)", help: "actorpush list --help"),
    Row("hook install --map ''", "the value of --map is empty (actorpush hook install)", help: "--map"),
    Row(
      "tag latest --build 0.0.1 --version 0.0", "--version is not for tag (actorpush tag)",
      help: "a tag points at a build, whatever its version"),
    Row(
      "build 0.1.1 --version 0.1",
      "--version is for the newest build of one, and for --start (actorpush build)",
      help: "actorpush build --help"),
    Row("push --candidate --candidate-tag a=b", "--candidate-tag a=b: must be one or more", help: ""),
    Row("check --tag my,tag", "--tag my,tag: must be one or more characters", help: ""),
    Row("build --start --tag ü", "--tag ü: must be one or more characters", help: ""),
    Row("tag '' --build 0.1.1", "an argument is empty (actorpush tag)", help: ""),
    Row("version set --build-tag a:b", "--build-tag a:b: must be one or more characters", help: ""),
    Row(
      "version set --build-tag ''", "the value of --build-tag is empty (actorpush version set)",
      help: "none"),
    Row("push --actor a~b~c", "--actor a~b~c: ", help: ""),
    Row("push --env NAME", "--env NAME: must be NAME=VALUE", help: ""),
    Row("push --api-url ftp://example.com", "--api-url: ", help: ""),
    Row(
      "--generate-completion-script tcsh", "no completions for this shell (actorpush)",
      help: "bash, zsh or fish"),
  ]

  @Test("is told in the one shape of errors, with what was meant, and ends with 64", arguments: rows)
  func told(_ row: Row) async throws {
    let folder = try TemporaryFolder.actor()
    var environment = Program().environment
    environment["APIFY_TOKEN"] = Program.token
    let output = try await shell(
      Program.location(), row.arguments, in: folder.path, environment: environment)
    MessageTable.add(output.talk, of: row.testDescription, to: "usage")
    let lines = output.talk.split(separator: "\n")
    #expect(output.status == 64 && output.bytes.isEmpty, "\(output.talk)")
    #expect(lines.first?.hasPrefix("error: " + row.error) == true, "\(output.talk)")
    #expect(lines.count == 2 || row.help.isEmpty && lines.count == 1, "\(output.talk)")
    if !row.help.isEmpty {
      #expect(
        lines.last?.hasPrefix("help: ") == true && lines.last?.contains(row.help) == true, "\(output.talk)")
    }
    #expect(!output.talk.contains("Error:") && !output.talk.contains("Usage:"))
    let asJSON = try await shell(
      Program.location(), row.arguments + ["--json"], in: folder.path, environment: environment)
    let failure = try JSONFailure(asJSON)
    #expect(asJSON.status == 64 && !failure.ok && failure.error.type == "usage" && failure.exitCode == 64)
  }

  @Test(
    "has the colours that are asked for",
    arguments: [
      (["lisst", "--color", "always"], true), (["list", "--limit", "x", "--color=always"], true),
      (["lisst", "--color=always", "--color", "never"], false), (["lisst", "--", "--color=always"], false),
      (["lisst", "--color"], false),
    ])
  func colored(_ arguments: [String], _ isColored: Bool) async throws {
    let output = try await Program().run(arguments, in: try TemporaryFolder())
    #expect(output.status == 64 && output.talk.contains("\u{1B}[") == isColored, "\(output.talk)")
  }

  @Test("escapes what it repeats")
  func escaped() async throws {
    let folder = try TemporaryFolder.actor()
    let output = try await Program()("list", "--\u{1B}[31mred", in: folder)
    #expect(output.status == 64 && !output.talk.contains("\u{1B}"), "\(output.talk)")
    let runner = try await Program()("::add-mask::x", in: folder)
    #expect(runner.status == 64)
    for line in runner.talk.split(separator: "\n") { #expect(!line.hasPrefix("::"), "\(runner.talk)") }
  }

  @Test("is none: the program's version, long and short", arguments: ["--version", "-V"])
  func version(_ option: String) async throws {
    let folder = try TemporaryFolder()
    let output = try await Program()(option, in: folder)
    #expect(output.status == 0 && output.talk.isEmpty)
    #expect(output.text.split(separator: ".").count == 3 && output.text.hasSuffix("\n"))
  }
}

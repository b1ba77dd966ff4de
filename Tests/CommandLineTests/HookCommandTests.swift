// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ArgumentParser
import Deploy
import TestSupport
import Testing

@testable import DeployHooks
@testable import actorpush

@Suite("The command line of a deploy target")
struct HookCommandTests {
  private static let folders = ["/w/shop", "/w/my shop's $HOME `x`", "/w/ünï \\ #x", "/w/a\nb\t\u{202E}"]

  /// Everything that a target can say.
  private static func targets(in folder: String) -> [DeployJob.Target] {
    var targets: [DeployJob.Target] = []
    for actor in ["", "~shop", "-x"] {
      for version in ["", "3.0"] {
        for tag in [nil, "prod", "-beta"] {
          for sourceType in SourceChoice.allCases {
            for builds in [true, false] {
              for timeout in [nil, 86_400] {
                var target = DeployJob.Target(
                  reference: "refs/heads/main", commit: String(repeating: "a", count: 40), branch: "main",
                  folder: folder, actor: actor, version: version, tag: tag, sourceType: sourceType,
                  builds: builds, key: "k")
                target.timeout = timeout
                targets.append(target)
              }
            }
          }
        }
      }
    }
    return targets
  }

  @Test("asks for what the hook does, for all that a target can say", arguments: folders)
  func roundTrip(_ folder: String) async throws {
    // The directory is a word of its own; all else is combined for one of them.
    let all = Self.targets(in: folder)
    let targets = folder == Self.folders[1] ? all : [all[0], all[all.count - 1]]
    // A shell takes the line apart; an empty word, which no command has, ends each.
    let lines = targets.map { "printf '%s\\0' \($0.command) ''\n" }.joined()
    let shell = folder.contains("\n") ? "bash" : "sh"
    let output = try await TestSupport.shell(shell, ["-s"], input: Array(lines.utf8))
    let words = output.bytes.split(separator: 0, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    let commands = words.split(separator: "").map { Array($0) }
    #expect(commands.count == targets.count, "\(output.talk)")
    for (target, command) in zip(targets, commands) {
      #expect(command.prefix(2) == ["actorpush", "push"])
      var wanted = try PushRequest(target, follows: true, tool: "test")
      // What no option says.
      wanted.branch = nil
      wanted.target.hasConfiguredTag = false
      let parsed = try Self.request(command.dropFirst(2))
      #expect(String(reflecting: parsed) == String(reflecting: wanted), "\(command)")
    }
  }

  /// What `push` with `arguments` is asked to do.
  private static func request(_ arguments: some Collection<String>) throws -> PushRequest {
    let command = try PushCommand.parse(Array(arguments))
    #expect(command.paths.count == 1 && !command.selection.all)
    var request = PushRequest(command.source.location(command.paths.first ?? ""), tool: "test")
    command.options.apply(to: &request)
    request.candidate = try command.candidate.value()
    request.target = try command.target.target(tag: command.options.tag)
    return request
  }
}

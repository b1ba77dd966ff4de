// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import TestSupport
import Testing

@Suite("The lines for a hook of others")
struct HookBlockTests {
  /// The lines of the hook that stand in `talk`.
  static func block(_ talk: String) -> String {
    let lines = talk.split(separator: "\n", omittingEmptySubsequences: false)
    let start = lines.firstIndex(of: "# actorpush: deploys what is pushed") ?? lines.endIndex
    let end = lines.lastIndex(of: "ACTORPUSH") ?? lines.endIndex
    return start < end ? lines[start...end].joined(separator: "\n") + "\n" : ""
  }

  /// Where the lines stand in a hook.
  private static let places: [@Sendable (String) -> String] = [
    { $0 }, { "if true; then\n\($0)fi\n" }, { "for x in 1; do\n\($0)done\n" },
    { "case $1 in origin)\n\($0);; esac\n" },
  ]

  @Test(
    "leave all else of it as it is, wherever they stand, whether the program is there or not",
    arguments: ["sh", "dash -eu", "bash", "bash -euo pipefail"], places.indices)
  func everywhere(_ shell: String, _ place: Int) async throws {
    let repository = try await HookRepository(nil, map: nil, installs: false)
    let hooks = try TemporaryFolder()
    try await git(["config", "core.hooksPath", hooks.path], in: repository.work.path)
    let told = try await repository.program("hook", "install", in: repository.work)
    let block = Self.block(told.talk)
    #expect(told.status == 5 && !block.isEmpty, "\(told.talk)")
    let program = hooks("it's actorpush")
    let ours = try block.replacing(Program.location(), with: program.replacing("'", with: "'\\''"))
    try hooks.write(
      "pre-push",
      "#!/usr/bin/env -S \(shell)\necho before\n\(Self.places[place](ours))cat >'\(hooks("seen"))'\n"
        + "echo \"$@\" >>'\(hooks("seen"))'\n[ ! -e '\(hooks("no"))' ]\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hooks("pre-push"))
    for (isThere, isRefused) in [(true, false), (true, true), (false, false), (false, true)] {
      try? FileManager.default.removeItem(atPath: program)
      try? FileManager.default.removeItem(atPath: hooks("no"))
      if isThere { try hooks.link("it's actorpush", to: Program.location()) }
      if isRefused { try hooks.write("no", "") }
      let head = try await repository.commit()
      let output = try await repository.push("origin", "main")
      #expect((output.status == 0) != isRefused, "\(output.talk)")
      #expect(
        output.talk.contains(isThere ? "actorpush: no .actor" : "actorpush: the program is gone"),
        "\(output.talk)")
      let seen = try String(contentsOfFile: hooks("seen"), encoding: .utf8)
      #expect(seen.hasPrefix("refs/heads/main \(head) refs/heads/main "), "\(seen)")
      #expect(seen.hasSuffix("\norigin \(repository.remote.path)\n"), "\(seen)")
      try FileManager.default.removeItem(atPath: hooks("seen"))
    }
  }

  @Test("have a strict refusal stop the push in the middle of it", arguments: ["sh", "dash -eu", "bash"])
  func strict(_ shell: String) async throws {
    let repository = try await HookRepository(nil, installs: false)
    let hooks = try TemporaryFolder()
    try await git(["config", "core.hooksPath", hooks.path], in: repository.work.path)
    let told = try await repository.program("hook", "install", "--strict", in: repository.work)
    try hooks.write(
      "pre-push", "#!/usr/bin/env -S \(shell)\n\(Self.block(told.talk))echo >'\(hooks("seen"))'\nexit 0\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hooks("pre-push"))
    try repository.work.write(".actor/actor.json", "{")
    try await repository.commit()
    let output = try await repository.push("origin", "main")
    #expect(output.status != 0 && output.talk.contains("push rejected (--strict)"), "\(output.talk)")
    #expect(!FileManager.default.fileExists(atPath: hooks("seen")))
    // Nothing is read where nothing is pushed, and no line comes of that.
    try hooks.write("block", Self.block(told.talk) + "cat\n")
    let nothing = try await TestSupport.shell(
      "sh", [hooks("block"), "origin", "x"], in: repository.work.path)
    #expect(nothing.status == 0 && nothing.text.isEmpty, "\(nothing.text) \(nothing.talk)")
  }
}

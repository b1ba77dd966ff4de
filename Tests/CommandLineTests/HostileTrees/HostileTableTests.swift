// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import SystemIO
import TestSupport
import Testing

/// What a tree can be, and what can surround it, that no author of a program thinks of: each row says how the
/// command ends, and in which words. Nothing hangs, nothing ends by a signal, nothing is left over.
///
/// `ACTORPUSH_PRINT_TABLE=1` prints the rows.
@Suite("A command in a hostile tree", .timeLimit(.minutes(5)))
struct HostileTableTests {
  private static let isPrinted = ProcessInfo.processInfo.environment["ACTORPUSH_PRINT_TABLE"] == "1"
  /// How long a command may take, on a busy machine and by a program that is not optimised.
  private static let limit = Duration.seconds(Sanitizer.isActive ? 240 : 60)

  @Test("ends truly, and soon", arguments: HostileRow.all)
  func row(_ row: HostileRow) async throws {
    if row.need == .mounts, !Self.mayMount {
      return Self.show(row, "-", "not run: needs \(HostileRow.Need.mounts.rawValue)")
    }
    let place = try HostilePlace()
    try await row.prepare(place)
    let end = CancellationFlag()
    let changing = row.meanwhile.map { change in
      // On a thread of its own: it never waits, and the pool has few.
      Task {
        await Threads.run {
          var count = 0
          while !end.isCancelled {
            try? change(place, count)
            count += 1
          }
        }
      }
    }
    defer { end.cancel() }
    let start = ContinuousClock.now
    let output =
      row.usesPlatform
      ? try await PlatformEmulator.running(.tests) { _, address in
        let program = Program(address)
        return try await Self.run(row, place, program.environment)
      } : try await Self.run(row, place)
    let time = ContinuousClock.now - start
    end.cancel()
    await changing?.value
    let lines = output.talk.split(separator: "\n")
    Self.show(row, output.status.map { "\($0)" } ?? "signal", lines.suffix(2).joined(separator: "; "), time)
    Self.check(row, output)
    #expect(time < Self.limit, "it took \(time)")
    #expect(place.leftovers.isEmpty, "\(place.leftovers)")
    // Where it has failed, there is no output: not the half of one, either.
    if output.status != 0 { #expect(place.outputs.isEmpty, "\(place.outputs)") }
    // Some trees are deeper than paths can be.
    _ = try await shell("rm", ["-rf", place("")])
  }

  private static func check(_ row: HostileRow, _ output: Output) {
    let isExpected = output.status.map { row.status.contains($0) } == true
    #expect(isExpected, "status \(output.status.map { "\($0)" } ?? "of a signal"): \(output.talk)")
    var rest = output.talk[...]
    if output.status == row.status.first {
      for part in row.says {
        let range = rest.firstRange(of: part)
        #expect(range != nil, "\(part) is not in: \(output.talk)")
        if let range { rest = rest[range.upperBound...] }
      }
      for part in row.shows {
        #expect(output.text.contains(part), "\(part) is not in: \(output.text.prefix(500))")
      }
    }
    for part in row.never {
      #expect(!output.text.contains(part) && !output.talk.contains(part), "\(part) is in: \(output.talk)")
    }
    // How often it says that it is still at work is up to the machine.
    let lines = output.talk.split(separator: "\n").filter { !$0.hasPrefix("still ") }
    #expect(lines.count <= row.lineLimit, "\(output.talk)")
    // Nothing steers the terminal, nor how its text runs.
    let steering = output.talk.unicodeScalars.filter {
      $0 != "\n"
        && ($0.value < 0x20 || (0x7F...0x9F).contains($0.value) || (0x202A...0x202E).contains($0.value)
          || (0x2066...0x2069).contains($0.value))
    }
    #expect(steering.isEmpty, "\(output.talk)")
  }

  private static func run(
    _ row: HostileRow, _ place: HostilePlace, _ platform: [String: String] = [:]
  ) async throws -> Output {
    var environment: [String: String?] = platform
    let usual: [String: String?] = [
      "HOME": place.folder("home"), "TMPDIR": place.folder("tmp"), "XDG_STATE_HOME": place.folder("state"),
      "GIT_CONFIG_NOSYSTEM": "1",
    ]
    environment.merge(usual) { $1 }
    for (name, value) in row.environment {
      environment[name] = value.map { $0.replacing("PLACE", with: place.folder.path) }
    }
    let isRoot = getuid() == 0
    let user = row.isUnprivileged && isRoot ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""
    let before = row.before.isEmpty ? "" : row.before + "; "
    let script = "\(before)exec \(user)\"$0\" \(row.command)"
    var (program, arguments) = ("/bin/sh", ["-c", script, try Program.location()])
    if row.need == .mounts { (program, arguments) = ("unshare", ["-m", "/bin/sh"] + arguments) }
    return try await shell(
      program, arguments, in: place(""), environment: environment.compactMapValues(\.self), limit: limit)
  }

  private static let mayMount =
    getuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/unshare")

  private static func show(_ row: HostileRow, _ status: String, _ line: String, _ time: Duration = .zero) {
    let cells = [row.name, "`\(row.command)`", status, line]
    MessageTable.add(line, of: row.name, to: "Hostile trees")
    if isPrinted { print("| " + cells.joined(separator: " | ") + " |") }
  }

  @Test("is one of ninety at least, each with a name of its own")
  func count() {
    #expect(HostileRow.all.count >= 90)
    #expect(Set(HostileRow.all.map(\.name)).count == HostileRow.all.count)
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import EmulatorFaults
import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import Testing

@testable import Deploy

/// What can go wrong between a push and its platform, over a socket: each row says how the push ends, in
/// which words, what the platform holds then, and how often the request was sent.
///
/// `ACTORPUSH_PRINT_TABLE=1` prints the rows.
@Suite("A push under a fault", .timeLimit(.minutes(5)))
struct FaultTableTests {
  private static let isPrinted = ProcessInfo.processInfo.environment["ACTORPUSH_PRINT_TABLE"] == "1"

  @Test("ends truly", arguments: FaultRow.all)
  func row(_ row: FaultRow) async throws {
    var configuration = PlatformEmulator.Configuration()
    configuration.build = BuildCourse(duration: .zero)
    configuration.run = BuildCourse(duration: .zero)
    try await PlatformEmulator.running(configuration) { emulator, address in
      let push = try FaultedPush(row, emulator, address)
      try await push.prepare()
      let text = row.faults.joined(separator: ", ")
      emulator.schedule(try FaultFile(Array(#"{"faults": [\#(text)]}"#.utf8)).schedule)
      let end = try await push.push()
      let counts = emulator.faultCounts
      var held = try push.held()
      // What was under way when the push was called off, a busy machine may have done a moment later.
      for _ in 0..<100 where held != row.held {
        try await Task.sleep(for: .milliseconds(20))
        held = try push.held()
      }
      if Self.isPrinted {
        let cells = [row.name, "\(end.status.rawValue)", held.description, "\(counts[0].matched)", end.line]
        print("| " + cells.joined(separator: " | ") + " |")
      }
      #expect(end.status == row.status, "\(end.line)")
      if let phase = row.phase { #expect(end.phase == phase, "\(end.line)") }
      var rest = end.line[...]
      for part in row.line {
        let range = rest.firstRange(of: part)
        #expect(range != nil, "\(part) is not in: \(end.line)")
        if let range { rest = rest[range.upperBound...] }
      }
      #expect(held == row.held, "\(end.line)")
      if let sent = row.sent { #expect(counts[0].matched == sent, "\(end.line)") }
      #expect(counts[0].applied > 0, "the fault was not met")
      // A second, and what a very busy machine adds; the limit of an attempt is longer than all of that.
      #expect(end.reaction < .seconds(10), "it took \(end.reaction) to end")
      // A certain answer is a true one.
      let progress = end.progress
      if row.form == .files, progress[.version] != .unknown {
        #expect((progress[.version] == .done) == (held.text == "2"), "\(end.line)")
      }
      if progress[.build] != .unknown {
        let before = row.situation == .new ? 0 : 1
        #expect((progress[.build] == .done) == (held.builds > before), "\(end.line)")
      }
      if row.situation == .candidate, progress[.tag] != .unknown {
        #expect((progress[.tag] == .done) == (held.latest == "0.1.2"), "\(end.line)")
      }
    }
  }

  @Test("is one of sixty at least, each with a name of its own")
  func count() {
    #expect(FaultRow.all.count >= 60)
    #expect(Set(FaultRow.all.map(\.name)).count == FaultRow.all.count)
  }
}

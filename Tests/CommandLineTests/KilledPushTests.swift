// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorFaults
import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

/// `kill -9` at each request of a push: before the platform has it, and, where it changes something, before
/// the platform has answered.
@Suite("A push that is killed", .timeLimit(.minutes(10)))
struct KilledPushTests {
  @Test(
    "is completed by the next one: nothing is built twice, lost, locked or left behind",
    arguments: PushedProject.Situation.allCases, ["files", "zip"])
  func killed(_ situation: PushedProject.Situation, _ form: String) async throws {
    let requests = try await PlatformEmulator.running(.tests) { emulator, address in
      let project = try await PushedProject(situation, form, emulator, address)
      emulator.clearRequests()
      #expect(try await project.push().status == 0)
      try project.expectDeployed("undisturbed")
      return emulator.numberedRequests
    }
    let places = requests.flatMap { request in
      (request.isLook ? [false] : [false, true]).map { (request, $0) }
    }
    #expect(places.count >= 12, "\(requests)")
    for (request, isDone) in places {
      try await PlatformEmulator.running(.tests) { emulator, address in
        let project = try await PushedProject(situation, form, emulator, address)
        let what = "killed \(isDone ? "after" : "before") \(request)"
        let gate = AnswerGate()
        defer { gate.open() }
        emulator.inject(.held(gate, isDone: isDone), into: request)
        guard let isKilled = try await project.pushUntil(gate) else {
          #expect(!request.isCertain, "\(what): no such request was made")
          return
        }
        #expect(isKilled, "\(what)")
        try project.expectNothingLeft(what)
        let next = try await project.push()
        #expect(next.status == 0, "\(what): \(next.talk)")
        try project.expectDeployed("\(what): \(next.talk)")
        let last = try await project.push()
        #expect(
          last.status == 0 && last.talk.contains("is up to date (latest = build"), "\(what): \(last.talk)")
        try project.expectDeployed("\(what): \(last.talk)")
        try project.expectNothingLeft(what)
      }
    }
  }
}

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

/// For each request of a push, its answer lost, late, or refused after it was carried out: the next push of
/// the same tree finds the truth, starts no second build of it, and takes nothing of its own for the work of
/// others.
///
/// The requests are those that an undisturbed push makes, so that the table grows with it.
/// `ACTORPUSH_PRINT_TABLE=1` prints the rows, and adds those that repeat what others show.
@Suite("A push of which one answer is lost", .timeLimit(.minutes(5)))
struct LostAnswerTableTests {
  /// What is pushed.
  enum Situation: String, CaseIterable {
    case new, changed
  }

  struct Column: Sendable, CustomTestStringConvertible {
    let situation: Situation
    let form: SourceChoice
    let loss: AnswerLoss
    var testDescription: String { "\(situation), \(form), \(loss.rawValue)" }
  }

  private static let isPrinted = ProcessInfo.processInfo.environment["ACTORPUSH_PRINT_TABLE"] == "1"

  static let columns = Situation.allCases.flatMap { situation in
    [SourceChoice.files, .zip].flatMap { form in
      AnswerLoss.allCases.map { Column(situation: situation, form: form, loss: $0) }
    }
  }

  @Test("is completed by the next one, and nothing is built twice", arguments: columns)
  func table(_ column: Column) async throws {
    var configuration = PlatformEmulator.Configuration()
    configuration.build = BuildCourse(duration: .zero)
    try await PlatformEmulator.running(configuration) { emulator, address in
      let model = try ServedProject("undisturbed", column.form, emulator, address)
      let wanted = try await prepare(model, column.situation)
      emulator.clearRequests()
      _ = try await model.push(secret: "second")
      let requests = emulator.numberedRequests
      #expect(try model.truth() == wanted)
      #expect(requests.count > 7, "\(requests)")
      var rows: [LostAnswerRow] = []
      for (index, request) in requests.enumerated() {
        if request.isLook, column.loss.isForChanges, !Self.isPrinted { continue }
        let project = try ServedProject("shop-\(index)", column.form, emulator, address)
        rows.append(try await row(request, column, project))
      }
      if Self.isPrinted {
        print(
          ([column.testDescription, LostAnswerRow.head] + rows.map(\.description)).joined(separator: "\n"))
      }
    }
  }

  /// Makes what is there before the push, and the change. Returns what the platform has to hold afterwards.
  private func prepare(_ project: ServedProject, _ situation: Situation) async throws -> ServedProject.Truth {
    if situation == .changed {
      try project.write("1", variables: ["CHANGED": "1", "KEPT": "1", "REMOVED": "1"])
      _ = try await project.push(secret: "first")
    }
    let variables = ["ADDED": "1", "CHANGED": "2", "KEPT": "1"]
    try project.write("2", variables: variables)
    let builds = situation == .changed ? 2 : 1
    return ServedProject.Truth(
      files: project.form == .zip ? [:] : ["main.js": "2"],
      variables: variables.merging(["SECRET": "second"]) { $1 },
      tagged: "0.1.\(builds)", builds: builds)
  }

  private func row(
    _ request: NumberedRequest, _ column: Column, _ project: ServedProject
  ) async throws -> LostAnswerRow {
    let emulator = project.emulator
    var wanted = try await prepare(project, column.situation)
    let what = "\(request), \(column.testDescription)"
    let gate = AnswerGate()
    emulator.inject(column.loss.outcome(gate), into: request, repetitions: column.loss.isRepeated ? 40 : 0)
    let faults = emulator.pendingFaults
    let first = try await end { try await project.push(secret: "second", lateAt: gate) }
    #expect(
      !request.isCertain || emulator.pendingFaults <= faults - request.number,
      "\(what): no such request was made")
    emulator.clearFaults()
    gate.open()
    if column.loss.isRepeated == false { #expect(first.isGood, "\(what): \(first.text)") }
    #expect(!first.isConflict, "\(what): \(first.text)")
    emulator.clearRequests()
    let second = try await end { try await project.push(secret: "second") }
    let count = emulator.requestCount
    #expect(second.isGood, "\(what): after \(first.text), \(second.text)")
    // Where the record of the variables could not be written at all, a secret is sent again, and built.
    let isUnshared = column.loss.isRepeated && first.isGood && request.route.hasSuffix("/records/{key}")
    if isUnshared, try project.truth().builds == wanted.builds + 1 {
      wanted.builds += 1
      wanted.tagged = "0.1.\(wanted.builds)"
    }
    #expect(try project.truth() == wanted, "\(what): after \(first.text), \(second.text)")
    #expect(try !emulator.builds(of: project.reference).contains { !$0.status.isFinal })
    let third = try await end { try await project.push(secret: "second") }
    #expect(third.text == "up to date", "\(what): \(third.text)")
    #expect(try project.truth() == wanted, "\(what)")
    return LostAnswerRow(
      request: request, loss: column.loss, first: first.text, second: second.text,
      builds: try emulator.builds(of: project.reference).count, requests: count)
  }

  /// How a push ended.
  private struct End {
    let text: String
    var isGood = false
    var isConflict = false
  }

  private func end(_ push: () async throws -> PushOutcome) async throws -> End {
    do {
      let verdict = try await push().verdict
      return End(
        text: verdict == .upToDate ? "up to date" : "\(verdict)",
        isGood: verdict == .upToDate || verdict == .built)
    } catch let failure as PushFailure {
      let diagnosis = Diagnosis(failure.error)
      return End(text: diagnosis.type, isConflict: diagnosis.status == .conflict)
    }
  }
}

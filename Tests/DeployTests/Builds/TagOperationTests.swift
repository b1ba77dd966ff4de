// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import Testing

@testable import Deploy

@Suite("Pointing a tag at another build")
struct TagOperationTests {
  /// The newest first.
  private static let builds: [(Int, BuildStatus)] = [
    (6, .running), (5, .succeeded), (4, .failed), (3, .succeeded), (2, .aborted), (1, .timedOut),
  ]

  struct Row: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// The build that the tag means; nil for none.
    let current: Int?
    let target: TagOperation.Target
    /// The build that it means then, or words of the refusal.
    let picked: Result<Int, Refusal>
  }
  struct Refusal: Error { let words: String }

  private static func refused(_ words: String) -> Result<Int, Refusal> { .failure(Refusal(words: words)) }

  private static let rows: [Row] = [
    Row(testDescription: "by number", current: 5, target: .named("0.1.3"), picked: .success(3)),
    Row(testDescription: "by id", current: 5, target: .named("b3"), picked: .success(3)),
    Row(
      testDescription: "by the tag that points at it", current: 5, target: .named("live"), picked: .success(5)
    ),
    Row(
      testDescription: "what there is instead", current: 5, target: .named("0.1.9"),
      picked: refused("; there are 0.1.5 (live), 0.1.3")),
    Row(testDescription: "the same again", current: 5, target: .named("0.1.5"), picked: .success(5)),
    Row(testDescription: "a first tag", current: nil, target: .named("b5"), picked: .success(5)),
    Row(
      testDescription: "no such build", current: 5, target: .named("0.1.9"), picked: refused("no build 0.1.9")
    ),
    Row(testDescription: "an empty name", current: 5, target: .named(""), picked: refused("no build")),
    Row(testDescription: "one that failed", current: 5, target: .named("0.1.4"), picked: refused("FAILED")),
    Row(testDescription: "one under way", current: 5, target: .named("b6"), picked: refused("RUNNING")),
    Row(testDescription: "an aborted one", current: 5, target: .named("b2"), picked: refused("ABORTED")),
    Row(
      testDescription: "the one before, past a failed one", current: 5, target: .previous, picked: .success(3)
    ),
    Row(testDescription: "before one that failed", current: 4, target: .previous, picked: .success(3)),
    Row(
      testDescription: "before the first success", current: 3, target: .previous,
      picked: refused("no earlier build of version 0.1 has succeeded")),
    Row(
      testDescription: "before the last of all", current: 1, target: .previous,
      picked: refused("no earlier build")),
    Row(
      testDescription: "before a build that is deleted", current: 9, target: .previous,
      picked: refused("no earlier build")),
    Row(
      testDescription: "before none", current: nil, target: .previous, picked: refused("points at no build")),
  ]

  @Test("finds the build", arguments: rows)
  func table(_ row: Row) async throws {
    let platform = ScriptedPlatform(
      actor: { reference in
        #expect(reference == .named(owner: "jane", name: "shop"))
        return try .of(tags: row.current.map { ["live": $0] } ?? [:])
      }, builds: { try Self.builds.map { try .of($0.0, $0.1) } },
      tag: { tag, _ in try .of(tags: [tag: 0]) })
    let operation = TagOperation(try BuildTag("live"), to: row.target, try Samples.settings())
    do {
      let outcome = try await operation.run(on: platform)
      let expected = try row.picked.get()
      #expect(outcome.build.id == "b\(expected)")
      #expect(outcome.before == row.current.map { "0.1.\($0)" })
      #expect(platform.calls.last == "setTag live b\(expected)")
    } catch let error as DeployError {
      guard case .failure(let refusal) = row.picked, case .noSuchBuild(let cause, let help) = error else {
        throw error
      }
      #expect("\(cause); \(help ?? "")".contains(refusal.words), "\(cause); \(help ?? "")")
      #expect(!platform.calls.contains { $0.hasPrefix("setTag") }, "a refusal changes nothing")
    } catch let refusal as Refusal {
      Issue.record("not refused: \(refusal.words)")
    }
  }

  private static func build(_ number: String, _ status: BuildStatus = .succeeded) -> Build {
    Build(id: "b" + number, number: number, status: status)
  }

  struct PreviousRow: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let tags: [String: String]
    /// The number of a build, or words of the refusal.
    let outcome: String
  }

  /// 0.1.3 is newer than the builds of 0.2.
  private static let mixed = [
    build("0.1.4", .failed), build("0.1.3"), build("0.2.2"), build("0.2.1", .failed), build("0.1.2"),
    build("0.11.1"), build("0.1.1"),
  ]

  @Test(
    "goes back to a build of the same version that no other tag has",
    arguments: [
      PreviousRow(testDescription: "past another version", tags: ["latest": "0.1.3"], outcome: "0.1.2"),
      PreviousRow(testDescription: "past one that begins alike", tags: ["latest": "0.1.2"], outcome: "0.1.1"),
      PreviousRow(
        testDescription: "the first of its version", tags: ["latest": "0.2.2"],
        outcome: "no earlier build of version 0.2"),
      PreviousRow(
        testDescription: "a candidate", tags: ["latest": "0.1.3", "candidate": "0.1.2"],
        outcome: "the build before is 0.1.2, which candidate points at"),
      PreviousRow(
        testDescription: "its own other tags", tags: ["latest": "0.1.3", "stable": "0.1.3"],
        outcome: "0.1.2"),
      PreviousRow(
        testDescription: "a tag of an older one", tags: ["latest": "0.1.3", "stable": "0.1.1"],
        outcome: "0.1.2"),
    ])
  func previous(_ row: PreviousRow) async throws {
    let actor = try ApifyActor.of(tagged: row.tags.mapValues { ("b" + $0, $0) })
    let platform = ScriptedPlatform(
      actor: { _ in actor }, builds: { Self.mixed }, tag: { _, _ in actor })
    let operation = TagOperation(try BuildTag("latest"), to: .previous, try Samples.settings())
    let outcome = await Self.outcome(of: operation, platform)
    #expect(outcome.hasPrefix(row.outcome), "\(outcome)")
    let isMoved = platform.calls.contains { $0.hasPrefix("setTag") }
    #expect(isMoved == Self.mixed.contains { $0.buildNumber == outcome }, "a refusal changes nothing")
  }

  /// The number of the build that was picked, or the refusal.
  private static func outcome(of operation: TagOperation, _ platform: ScriptedPlatform) async -> String {
    do throws(DeployError) {
      return try await operation.run(on: platform).build.buildNumber ?? ""
    } catch {
      return Diagnosis(error).message
    }
  }

  @Test("needs an Actor")
  func noActor() async throws {
    let platform = ScriptedPlatform(actor: { _ in nil }, builds: { [] })
    await #expect {
      try await TagOperation(try BuildTag("live"), to: .previous, try Samples.settings()).run(on: platform)
    } throws: { error in
      if case DeployError.noSuchActor = error { true } else { false }
    }
  }
}

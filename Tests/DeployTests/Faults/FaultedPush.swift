// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import EmulatorFaults
import EmulatorTesting
import PlatformEmulator
import PlatformModel
import Synchronization
import SystemIO
import TestSupport
import Testing

@testable import Deploy

/// One push under faults, by a real client over a socket. Pauses take no time, and an attempt has little once
/// the fault was met.
struct FaultedPush {
  let project: ServedProject
  let row: FaultRow
  private let warnings = Warnings()

  init(_ row: FaultRow, _ emulator: PlatformEmulator, _ address: PlatformEmulator.Address) throws {
    self.row = row
    project = try ServedProject("shop", row.form, emulator, address)
  }

  /// How it ended.
  struct End {
    var status = ExitStatus.done
    var line = ""
    /// How far it had come, where it failed.
    var phase = ""
    /// What `--json` has as `platform`.
    var progress = PushProgress()
    /// How long it took to end once it was interrupted.
    var reaction = Duration.zero
  }

  /// Makes what is there before, and the change.
  func prepare() async throws {
    if row.situation != .new {
      try project.write("1", variables: row.changesVariable ? ["A": "1"] : [:])
      _ = try await run(isFaulted: false)
    }
    try project.write("2", variables: row.changesVariable ? ["A": "2"] : [:])
  }

  /// Pushes under the faults.
  func push() async throws -> End {
    let pushing = Task { try await run(isFaulted: true) }
    var start = ContinuousClock.now
    if case .interrupt? = row.stop {
      try await waitUntil("the fault") { self.appliedCount > 0 ? () : nil }
      start = .now
      pushing.cancel()
    }
    var end = End()
    do {
      let outcome = try await pushing.value
      end.progress = outcome.progress
      if let diagnosis = Diagnosis(outcome) {
        (end.status, end.line) = (diagnosis.status, diagnosis.message)
      } else {
        end.line = "\(outcome.verdict) \(outcome.build?.buildNumber ?? "")" + warnings.text
      }
    } catch let failure as PushFailure {
      let diagnosis = Diagnosis(failure)
      (end.status, end.line, end.progress) = (
        diagnosis.status, diagnosis.message, failure.outcome.progress
      )
      end.phase = diagnosis.phase
    }
    if case .interrupt? = row.stop { end.reaction = .now - start }
    return end
  }

  /// How many requests have met a fault.
  private var appliedCount: Int { project.emulator.faultCounts.reduce(0) { $0 + $1.applied } }

  private func run(isFaulted: Bool) async throws -> PushOutcome {
    var request = PushRequest(ProjectLocation(Array(project.project.path.utf8)), tool: "test")
    request.form = row.form
    request.keptArchives = 0
    request.provenance = .never
    if isFaulted {
      if row.situation == .candidate {
        request.candidate = Candidate(input: try RunInput(Array("{}".utf8), file: "input.json"))
      }
      if !row.isBuilt { request.build = .never }
      if case .timeout(let milliseconds)? = row.stop { request.timeout = .milliseconds(milliseconds) }
    }
    let context = OperationContext(
      variables: ["PATH": "/usr/local/bin:/usr/bin:/bin"], home: nil,
      stateDirectory: Array(project.state.path.utf8), spoolDirectories: [Array(project.state.path.utf8)],
      cancellation: CancellationFlag())
    let chosen = request
    let push = try await Threads.run { () throws(DeployError) in
      try PushOperation(chosen, context, events: { _ in })
    }
    let client = try client()
    do {
      let outcome = try await push.run(on: client) { [warnings] event in warnings.note(event) }
      await client.shutdown()
      return outcome
    } catch {
      await client.shutdown()
      throw error
    }
  }

  private func client() throws -> ApifyClient {
    var configuration = ClientConfiguration(userAgent: "tests")
    configuration.retries.maximumRetries = 3
    configuration.responseLimit = 1 << 20
    configuration.clock.pause = { _ in try Task.checkCancellation() }
    configuration.clock.jitter = { 0 }
    let emulator = project.emulator
    // Elsewhere no attempt is late, however busy the machine is.
    let isLate = row.stop == nil && row.faults.contains { $0.contains("hang") }
    configuration.clock.timer = { limit in
      // A limit that the fault does not meet is never over in a test.
      while !isLate || !emulator.faultCounts.contains(where: { $0.applied > 0 }) {
        try await Task.sleep(for: .milliseconds(20))
      }
      try await Task.sleep(for: .milliseconds(600))
    }
    return ApifyClient(
      root: try APIRoot(project.address.baseURL), token: try APIToken(emulator.users.first?.token ?? ""),
      configuration: configuration)
  }
}

extension FaultedPush {
  /// What the platform holds now.
  func held() throws -> FaultRow.Held {
    let emulator = project.emulator
    guard !emulator.state.actors.isEmpty else { return FaultRow.Held() }
    var held = FaultRow.Held()
    held.builds = try emulator.builds(of: project.reference).count
    held.latest = try emulator.build(tagged: "latest", of: project.reference)?.buildNumber
    let version = try? emulator.version("0.1", of: project.reference)
    for file in version?.files ?? [] where file.name == "main.js" {
      if case .file(_, let content) = file.kind { held.text = content }
    }
    return held
  }
}

/// The warnings of a push, in short.
private final class Warnings: Sendable {
  private let kept = Mutex<[String]>([])

  var text: String { kept.withLock { $0.map { "; warning: \($0)" }.joined() } }

  func note(_ event: DeployEvent) {
    switch event {
    case .notVerified(let error): kept.withLock { $0.append("not verified: \(Diagnosis(error).message)") }
    case .archivesKept: kept.withLock { $0.append("archives kept") }
    case .buildEnded(let ending, after: _):
      if case .unknown(let tag, let error) = ending.tag {
        kept.withLock { $0.append("tag \(tag) unknown: \(Diagnosis(error).message)") }
      }
    default: break
    }
  }
}

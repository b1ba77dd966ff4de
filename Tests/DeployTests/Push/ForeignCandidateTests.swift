// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import EmulatorTesting
import PlatformModel
import TestSupport
import Testing

@testable import Deploy

@Suite("A candidate of others", .timeLimit(.minutes(1)))
struct ForeignCandidateTests {
  @Test("is built anew where others have built what has its tag: nothing tells what variables that has")
  func foreign() async throws {
    let fixture = try PushFixture()
    try await fixture.expect(.built)
    let reference = try ApifyAPI.ActorReference("~shop")
    let other = try await fixture.platform.startBuild(actor: reference, version: "0.1", tag: "candidate")
    while try await fixture.platform.build(id: other.id)?.status.isFinal != true { await Task.yield() }
    var change = VersionChange()
    change.envVars = [EnvironmentVariableChange(name: "A", value: "2")]
    try fixture.platform.setVersion("0.1", of: "~shop", change)
    try await fixture.expect(.built) { $0.candidate = try? CandidateTests.candidate(.succeed) }
    #expect(try fixture.number(tagged: "latest") == "0.1.3")
  }

  @Test("is built anew where others' build of these files is running, whose variables nothing tells")
  func runningElsewhere() async throws {
    let fixture = try PushFixture()
    try await fixture.expect(.built)
    try fixture.write("2")
    try await fixture.expect(.updated) { $0.build = .never }
    // Started in Console, while the variable was another one.
    fixture.platform.script(BuildScript(holdingAt: [.end]))
    let others = try await fixture.platform.startBuild(
      actor: .own(name: "shop"), version: "0.1", tag: nil, after: nil)
    let folder = try TemporaryFolder()
    let dry = try await fixture.push(from: folder) {
      $0.isDryRun = true; $0.candidate = Candidate()
    }
    #expect(dry.decision == .build(.unknown(number: "0.1.2")))
    let outcome = try await fixture.push(from: folder) { $0.candidate = Candidate() }
    #expect(outcome.verdict == .built && outcome.build?.buildNumber == "0.1.3")
    #expect(try fixture.number(tagged: "latest") == "0.1.3")
    fixture.platform.release(.end, of: others.id)
  }
}

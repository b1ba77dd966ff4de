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
}

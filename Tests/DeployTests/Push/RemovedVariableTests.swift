// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import TestSupport
import Testing

@testable import Deploy
@testable import PlatformModel

@Suite("Variables that others have removed", .timeLimit(.minutes(1)))
struct RemovedVariableTests {
  @Test("are set again, and told of, by this machine's memory and by the record", arguments: [false, true])
  func removed(isForgotten: Bool) async throws {
    let fixture = try PushFixture()
    func declare(_ variables: String) throws {
      try fixture.project.write(
        ".actor/actor.json",
        #"{"actorSpecification": 1, "name": "shop", "version": "0.1", "environmentVariables": \#(variables)}"#
      )
    }
    try declare(#"{"A": "1", "B": "2"}"#)
    #expect(try await fixture.push().plan?.variables.restored == [])
    let id = try fixture.platform.actor("~shop").id
    try fixture.platform.edit { state throws(PlatformError) in state.actors[id]?.versions[0].envVars = [] }
    if isForgotten { try fixture.forget() }
    #expect(try await fixture.push().plan?.variables.restored == ["A", "B"])
    #expect(try fixture.platform.version("0.1", of: "~shop").envVars.map(\.name) == ["A", "B"])
    #expect(try await fixture.push().plan?.variables.restored == [])
  }
}

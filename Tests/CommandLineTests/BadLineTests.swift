// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorFaults
import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("A push over a bad line")
struct BadLineTests {
  @Test(
    "of which the first answer to each change is lost, or a refusal, ends well, and builds once",
    arguments: ["files", "zip"], [true, false])
  func badLine(_ form: String, _ isRefused: Bool) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let project = try await PushedProject(.changed, form, emulator, address)
      let changes = [
        ("POST", "/v2/key-value-stores"), ("PUT", "/v2/key-value-stores/{store}/records/{key}"),
        ("PUT", "/v2/actors/{ref}/versions/{version}/env-vars/{variable}"),
        ("POST", "/v2/actors/{ref}/versions/{version}/env-vars"),
        ("DELETE", "/v2/actors/{ref}/versions/{version}/env-vars/{variable}"),
        ("PUT", "/v2/actors/{ref}/versions/{version}"), ("POST", "/v2/actors/{ref}/builds"),
      ].dropFirst(form == "files" ? 2 : 0)
      for (method, route) in changes {
        emulator.inject(
          Fault(
            isRefused ? .refusedAfterwards(status: 503, type: "unavailable", message: "no") : .lostAnswer,
            method: method, route: route))
      }
      let output = try await project.push()
      #expect(output.status == 0 && emulator.pendingFaults == 0, "\(output.talk)")
      try project.expectDeployed("\(output.talk)")
      #expect(try await project.push().talk.contains("is up to date (latest = build"))
    }
  }

  @Test(
    "does not repeat an update over what others changed in the meantime", arguments: ["files", "zip"],
    [true, false])
  func editInBetween(_ form: String, _ isRefused: Bool) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let project = try await PushedProject(.changed, form, emulator, address)
      let theirs = SourceFile(name: "theirs.js", kind: .file(.text, content: "theirs"))
      let route = "/v2/actors/{ref}/versions/{version}"
      emulator.inject(
        Fault(isRefused ? .gatewayPage : .lostAnswer, method: "PUT", route: route))
      // The last look comes before the update would be sent again. Of a zip the Actor tells all at first.
      let looks = form == "zip" ? 2 : 3
      for look in 1...looks {
        emulator.before("GET", route) {
          if look == looks { _ = try? emulator.setFiles([theirs], of: "0.1", "~my-actor") }
        }
      }
      let output = try await project.push()
      #expect(output.status == 7 && output.talk.contains("during this push"), "\(output.talk)")
      #expect(emulator.requestCount("PUT", route) == 1, "\(output.talk)")
      #expect(try emulator.version("0.1", of: "~my-actor").files == [theirs])
      #expect(try emulator.builds(of: "~my-actor").count == 1)
      let forced = try await project.program("push", "--force", "--source-type", form, in: project.folder)
      #expect(forced.status == 0, "\(forced.talk)")
      try project.expectDeployed("\(forced.talk)")
    }
  }

  @Test(
    "does not repeat the change of a variable over what others set in the meantime",
    arguments: [("PUT", "CHANGED"), ("POST", "ADDED"), ("DELETE", "REMOVED")], [true, false])
  func variableInBetween(_ change: (method: String, name: String), _ isRefused: Bool) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let project = try await PushedProject(.changed, "files", emulator, address)
      let list = "/v2/actors/{ref}/versions/{version}/env-vars"
      let route = change.method == "POST" ? list : list + "/{variable}"
      emulator.inject(Fault(isRefused ? .gatewayPage : .lostAnswer, method: change.method, route: route))
      let user = try emulator.console()
      emulator.before("GET", list + "/{variable}") {
        let theirs = EnvironmentVariableChange(name: change.name, value: "theirs", isSecret: false)
        let actor = PlatformModel.ActorReference("~my-actor")
        _ = try? emulator.edit { state throws(PlatformError) in
          if (try? state.variable(change.name, of: "0.1", actor, for: user)) == nil {
            try state.createVariable(theirs, of: "0.1", actor, for: user, at: emulator.now)
          } else {
            try state.updateVariable(change.name, of: "0.1", actor, with: theirs, for: user, at: emulator.now)
          }
        }
      }
      let output = try await project.push()
      #expect(
        output.status == 7 && output.talk.contains("environment variable \(change.name)"), "\(output.talk)")
      let variables = try emulator.version("0.1", of: "~my-actor").envVars
      #expect(variables.first { $0.name == change.name }?.value == "theirs")
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import TestSupport
import Testing

@testable import PlatformModel

@Suite("doctor")
struct DoctorTests {
  private struct Report: Decodable {
    struct Finding: Decodable {
      let id: String
      let severity: String
      let message: String
      let remedy: String?
    }
    let ok: Bool
    let findings: [Finding]
    let exitCode: Int32

    func states(of check: String) -> [String] { findings.filter { $0.id == check }.map(\.severity) }
    func text(of check: String) -> String {
      findings.filter { $0.id == check }.map(\.message).joined(separator: "\n")
    }
  }

  private func report(
    _ program: Program, _ folder: TemporaryFolder, _ arguments: [String] = [],
    with more: [String: String] = [:]
  ) async throws -> Report {
    let output = try await program.run(["doctor", "--json"] + arguments, in: folder, with: more)
    let report = try JSONDecoder().decode(Report.self, from: Data(output.bytes))
    #expect(output.status == report.exitCode && report.ok == (report.exitCode == 0))
    return report
  }

  @Test("finds nothing wrong where a push would work, and says whose token it is")
  func sound() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      let report = try await report(program, folder)
      #expect(report.ok, "\(report.findings)")
      #expect(report.text(of: "token") == "from APIFY_TOKEN")
      #expect(report.text(of: "address").hasSuffix("APIFY_CLIENT_BASE_URL"))
      #expect(report.states(of: "account") == ["ok"])
      #expect(report.text(of: "project") == ".actor/actor.json: ~my-actor, version 0.1")
      #expect(report.text(of: "Actor").contains("does not exist yet; push creates it"))
      let text = try await program("doctor", in: folder)
      #expect(text.status == 0 && text.text.contains("ok       token"), "\(text.text)")
    }
  }

  @Test("looks at the nearest project from the current directory up")
  func nearest() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try TemporaryFolder.actor()
      try folder.folder("src/deep")
      let output = try await shell(
        Program.location(), ["doctor", "--json"], in: folder("src/deep"),
        environment: Program(address).environment)
      let report = try JSONDecoder().decode(Report.self, from: Data(output.bytes))
      #expect(report.text(of: "project") == ".actor/actor.json: ~my-actor, version 0.1")
    }
  }

  @Test("says where a token is missing, and goes on")
  func noToken() async throws {
    let folder = try TemporaryFolder()
    let report = try await report(Program(), folder)
    #expect(!report.ok && report.states(of: "token") == ["error"])
    #expect(report.text(of: "token").contains("set APIFY_TOKEN"))
    #expect(report.states(of: "account").isEmpty)
    #expect(report.findings.contains { $0.id == "project" && $0.remedy == "actorpush init writes one" })
    #expect(report.states(of: "hook") == ["ok"] && report.states(of: "limits") == ["ok"])
  }

  @Test("tells a wrong token, a broken proxy, authorities that cannot be read and a token that is not used")
  func problems() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      let wrong = try await report(program, folder, with: ["APIFY_TOKEN": "apify_api_wrong"])
      #expect(wrong.states(of: "account") == ["error"])
      #expect(wrong.text(of: "account").contains("check the token"))

      let home = try TemporaryFolder()
      try home.write(".apify/auth.json", #"{"token": "apify_api_other"}"#)
      let two = try await report(program, folder, with: ["HOME": home.path])
      #expect(two.ok && two.states(of: "token") == ["ok", "warning"], "\(two.findings)")

      // The address is this machine's again: nothing is sent to another.
      let elsewhere = [
        "APIFY_CLIENT_BASE_URL": "https://platform.invalid", "HTTPS_PROXY": "ftp://u:hidden@p:1",
      ]
      let proxy = try await report(program, folder, with: elsewhere)
      #expect(proxy.states(of: "proxy") == ["error"])
      #expect(!proxy.findings.contains { $0.message.contains("hidden") })
      let roots = try await report(
        program, folder, ["--ca-file", "nowhere.pem"], with: elsewhere.merging(["HTTPS_PROXY": ""]) { $1 })
      #expect(roots.states(of: "TLS") == ["error"])
      #expect(roots.text(of: "TLS").contains("nowhere.pem"))
    }
  }

  @Test("says of an Actor that was renamed what a push says, and ends with 1")
  func renamed() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      #expect(try await program("push", "--no-build", in: folder).status == 0)
      try emulator.edit { state throws(PlatformError) in
        for id in state.actors.keys { state.actors[id]?.name = "store" }
      }
      let report = try await report(program, folder)
      #expect(report.states(of: "Actor") == ["error"] && report.states(of: "account") == ["ok"])
      #expect(report.text(of: "Actor") == "this directory's Actor my-actor is called store now")
      #expect(report.findings.first { $0.id == "Actor" }?.remedy?.contains("push --force") == true)
    }
  }

  #if os(Linux)
    @Test("finds out where nothing can be written, whatever the permissions say")
    func unwritable() async throws {
      let folder = try TemporaryFolder.actor()
      let report = try await report(Program(), folder, with: ["XDG_STATE_HOME": "/proc"])
      #expect(report.states(of: "state") == ["error"], "\(report.findings)")
      #expect(report.text(of: "state").hasPrefix("/proc/actorpush: "))
      #expect(report.states(of: "temporary files") == ["ok"])
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(left == [".actor"])
    }
  #endif
}

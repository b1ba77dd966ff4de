// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import EmulatorTesting
import PlatformModel
import TestSupport
import Testing

@testable import Deploy

@Suite("A zip and the variables beside it", .timeLimit(.minutes(1)))
struct UploadOrderTests {
  private let fixture: PushFixture

  init() throws { fixture = try PushFixture() }

  private func push(_ text: String, _ value: String) async throws -> PushOutcome {
    try fixture.write(text)
    return try await fixture.push {
      $0.form = .zip
      $0.variables = [.init(name: "MODEL", value: value, isSecret: false)].compactMap(\.self)
    }
  }

  /// The value of the variable, and where the source is.
  private func held() throws -> (value: String?, source: VersionSource) {
    let version = try fixture.platform.version("0.1", of: "~shop")
    return (version.envVars.first { $0.name == "MODEL" }?.value, version.source)
  }

  @Test(
    "nothing is changed where the upload fails", arguments: [PlatformCall.Kind.getOrCreateStore, .putRecord])
  func failedUpload(_ kind: PlatformCall.Kind) async throws {
    _ = try await push("1", "old")
    let before = try held()
    fixture.platform.setHook { call in
      if call.kind == kind {
        throw APIError(
          type: .insufficientPermissions, message: "No.", status: 403, method: "PUT", path: "/", attempts: 1)
      }
    }
    let calls = try await fixture.calls {
      let failure = try await failedPush { try await push("2", "new") }
      let diagnosis = Diagnosis(try #require(failure))
      #expect(diagnosis.consequences.contains("nothing is changed"), "\(diagnosis)")
    }
    #expect(!calls.contains { [.setVariable, .updateVersion].contains($0) })
    #expect(try held() == before)
    fixture.platform.setHook { _ in }
    #expect(try await push("2", "new").verdict == .built)
    #expect(try held().value == "new")
  }

  @Test("it is uploaded before the last look at the version, which others may change meanwhile")
  func lateLook() async throws {
    _ = try await push("1", "old")
    let wanted = fixture.platform.calls.count { $0.kind == .putRecord } + 1
    fixture.platform.setHook { [unowned fixture = self.fixture] call in
      guard call.kind == .putRecord, call.number == wanted else { return }
      var change = VersionChange()
      change.buildTag = .value("theirs")
      try fixture.platform.setVersion("0.1", of: "~shop", change)
    }
    let calls = try await fixture.calls {
      let failure = try await failedPush { try await push("2", "new") }
      #expect(Diagnosis(try #require(failure)).status == .conflict)
    }
    #expect(!calls.contains { [.setVariable, .updateVersion].contains($0) })
  }
}

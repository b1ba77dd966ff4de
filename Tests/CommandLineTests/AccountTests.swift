// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("A directory that was pushed to one account")
struct AccountTests {
  private static let otherToken = "apify_api_AlsoNeverToBeSeen01234567"

  @Test("is not pushed to another one, unless that is said")
  func accounts() async throws {
    var configuration = PlatformEmulator.Configuration()
    configuration.users = [
      .init(username: "jane", token: Program.token), .init(username: "joe", token: Self.otherToken),
    ]
    try await PlatformEmulator.running(configuration) { emulator, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      #expect(try await program("push", in: folder).status == 0)
      let joe = ["APIFY_TOKEN": Self.otherToken]
      for arguments in [["push"], ["push", "--dry-run"], ["push", "--force"]] {
        let output = try await shell(
          Program.location(), arguments, in: folder.path, environment: program.environment.merging(joe) { $1 }
        )
        #expect(output.status == 1, "\(output.talk)")
        #expect(output.talk.contains("pushed to the account jane before, and the token belongs to joe"))
        #expect(output.talk.contains("--actor joe/my-actor") && output.talk.contains("--switch-account"))
      }
      #expect(emulator.state.actors.count == 1)
      // Named in full it is meant; and the directory stays jane's.
      #expect(try await program("push", "--actor", "joe/my-actor", in: folder, with: joe).status == 0)
      #expect(try await program("push", in: folder, with: joe).status == 1)
      #expect(try await program("push", "--switch-account", in: folder, with: joe).status == 0)
      try folder.write("main.js", "2")
      #expect(try await program("push", in: folder, with: joe).status == 0)
      #expect(try await program("push", in: folder).status == 1)
      // Another directory is another matter.
      let other = try TemporaryFolder.actor(#"{"name": "other", "version": "0.1"}"#)
      #expect(try await program("push", in: other).status == 0)
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO
import TestSupport
import Testing

@testable import Deploy

@Suite("An output that cannot be written")
struct OutputTests {
  @Test("is named by its path, escaped once")
  func path() async throws {
    let folder = try TemporaryFolder()
    try folder.write("main.js", "1")
    let context = OperationContext(
      variables: [:], home: nil, stateDirectory: nil, spoolDirectories: [], cancellation: CancellationFlag())
    let output = Array(folder("none\u{1B}/a.zip").utf8)
    let failure = try await Threads.run {
      let location = ProjectLocation(Array(folder.path.utf8))
      let pack = try PackOperation(location, as: .zip, to: .file(output), context)
      do throws(DeployError) { _ = try pack.run { _ in } } catch { return Diagnosis(error) as Diagnosis? }
      return nil
    }
    let message = try #require(failure).message
    #expect(message.contains("none\\x1B/a.zip: ") && !message.contains("\\\\"), "\(message)")
  }
}

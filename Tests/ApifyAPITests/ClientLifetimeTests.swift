// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Testing

@Suite("Cancelling and closing")
struct ClientLifetimeTests {
  @Test("a request that waits for its answer can be cancelled")
  func cancelRequest() async throws {
    try await ScriptedServer.run(.hang) { server in
      let client = try Recorder().client(of: server.url)
      let task = Task { try await client.currentUser() }
      try await server.arrival(1)
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      await client.shutdown()
    }
  }

  @Test("a pause between attempts can be cancelled")
  func cancelPause() async throws {
    try await ScriptedServer.run(.error(503, "x")) { server in
      let (begun, continuation) = AsyncStream.makeStream(of: Void.self)
      let client = try Recorder().client(of: server.url) {
        $0.clock.pause = { _ in
          continuation.yield()
          try await never()
        }
      }
      let task = Task { try await client.currentUser() }
      for await _ in begun { break }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(server.received.count == 1)
      await client.shutdown()
    }
  }

  @Test("a task that is cancelled already asks nothing")
  func cancelledBefore() async throws {
    try await ScriptedServer.run(.json("{}")) { server in
      let recorder = Recorder()
      let client = try recorder.client(of: server.url)
      let (gate, open) = AsyncStream.makeStream(of: Void.self)
      let task = Task {
        for await _ in gate {}
        return try await client.currentUser()
      }
      task.cancel()
      open.finish()
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(server.received.isEmpty)
      await client.shutdown()
    }
  }

  @Test("an answer that has arrived is told, also to a task that is cancelled")
  func cancelledAfter() async throws {
    try await ScriptedServer.run(.json(#"{"data":{"id":"u"}}"#)) { server in
      let client = try Recorder().client(of: server.url) {
        $0.onEvent = { event in
          guard case .finished = event else { return }
          // SAFETY: the task is used while it runs this.
          unsafe withUnsafeCurrentTask { task in unsafe task?.cancel() }
        }
      }
      #expect(try await Task { try await client.currentUser().id }.value == "u")
      await client.shutdown()
    }
  }

  @Test("closing twice, or never, is harmless, and after it nothing is sent")
  func shutdown() async throws {
    try await ScriptedServer.run(.json(#"{"data":{"id":"u"}}"#), .json(#"{"data":{"id":"u"}}"#)) { server in
      _ = try await Recorder().client(of: server.url).currentUser()
      let client = try Recorder().client(of: server.url)
      _ = try await client.currentUser()
      await client.shutdown()
      await client.shutdown()
      let error = await apiError { try await client.currentUser() }
      #expect(error?.type == .invalidRequest && error?.attempts == 1)
      #expect(server.received.count == 2)
    }
    await (try Recorder().client(of: "https://never.invalid")).shutdown()
  }
}

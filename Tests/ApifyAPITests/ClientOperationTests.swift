// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Testing

@Suite("Operations")
struct ClientOperationTests {
  static let actor = #"{"data":{"id":"a","name":"n","title":"T","versions":[{"versionNumber":"0.1"}]}}"#
  static let version = #"{"data":{"versionNumber":"0.1","sourceType":"SOURCE_FILES","buildTag":"latest"}}"#
  static let new = NewActor(name: "n", title: "T", versions: [.init(versionNumber: "0.1")])

  @Test(
    "only the two types of 404 that say so mean that there is none",
    arguments: [
      ("record-not-found", true), ("record-or-token-not-found", true), ("page-not-found", false), ("", false),
    ])
  func absence(_ type: String, _ isAbsent: Bool) async throws {
    let answer = type.isEmpty ? Answer.page(404, "<html>Not here</html>") : Answer.error(404, type)
    try await ScriptedServer.run(answer, answer) { server in
      let client = try Recorder().client(of: server.url)
      if isAbsent {
        #expect(try await client.actor(.id("a")) == nil)
        #expect(try await client.version(actor: .id("a"), number: "0.1")?.versionNumber == nil)
      } else {
        #expect(await apiError { try await client.actor(.id("a")) }?.status == 404)
        #expect(
          await apiError { try await client.version(actor: .id("a"), number: "0.1") }?.isNotFound == false)
      }
      await client.shutdown()
    }
  }

  @Test("an update of what isn't there is an error")
  func updateOfNothing() async throws {
    try await ScriptedServer.run(.error(404, "record-not-found")) { server in
      let client = try Recorder().client(of: server.url)
      let error = await apiError {
        try await client.updateVersion(actor: .id("a"), number: "0.1", VersionUpdate())
      }
      #expect(error?.isNotFound == true)
      await client.shutdown()
    }
  }

  @Test(
    "the platform's errors keep all they say",
    arguments: [
      (400, "invalid-value", "sourceFiles is invalid"), (401, "user-or-token-not-found", "No such token"),
      (402, "usage-exceeded", "Pay"), (403, "insufficient-permissions", "No"),
      (413, "request-too-large", "10 > 9"),
    ])
  func errors(_ status: Int, _ type: String, _ message: String) async throws {
    try await ScriptedServer.run(.error(status, type, message)) { server in
      let recorder = Recorder()
      let client = try recorder.client(of: server.url)
      let error = await apiError {
        try await client.updateVersion(actor: .id("a"), number: "0.1", VersionUpdate())
      }
      #expect(error?.status == status && error?.type.rawValue == type && error?.message == message)
      #expect(error?.method == "PUT" && error?.path == "/v2/actors/a/versions/0.1" && error?.attempts == 1)
      #expect(recorder.pauses.isEmpty && error?.isUnauthorized == (status == 401) && error?.isLocal == false)
      await client.shutdown()
    }
  }

  @Test(
    "an Actor whose answer was lost is found, not made twice",
    arguments: [
      [Answer.close], [.page(502, "x")], [.cutOff("{")], [.reset],
    ])
  func createdButLost(_ faults: [Answer]) async throws {
    try await ScriptedServer.run(faults + [.json(Self.actor)]) { server in
      let client = try Recorder().client(of: server.url)
      #expect(try await client.createActor(Self.new).id == "a")
      #expect(server.received.map(\.line) == ["POST /v2/actors", "GET /v2/actors/~n"])
      await client.shutdown()
    }
  }

  @Test("an Actor that wasn't made is asked for again")
  func notCreated() async throws {
    let none = Answer.error(404, "record-not-found")
    try await ScriptedServer.run(.close, none, .json(201, Self.actor)) { server in
      let client = try Recorder().client(of: server.url)
      #expect(try await client.createActor(Self.new).id == "a")
      #expect(server.received.map(\.method) == ["POST", "GET", "POST"])
      await client.shutdown()
    }
  }

  @Test("a 409 after a lost answer leads to ours")
  func conflictAfterLoss() async throws {
    // The first look comes too early to see it.
    let none = Answer.error(404, "record-not-found")
    let taken = Answer.error(409, "actor-name-not-unique")
    try await ScriptedServer.run(.close, none, taken, .json(Self.actor)) { server in
      let client = try Recorder().client(of: server.url)
      #expect(try await client.createActor(Self.new).id == "a")
      await client.shutdown()
    }
  }

  @Test("somebody else's Actor of that name isn't taken for ours")
  func notOurs() async throws {
    let other = Answer.json(#"{"data":{"id":"b","name":"n","title":"Other","versions":[]}}"#)
    let taken = Answer.error(409, "actor-name-not-unique")
    try await ScriptedServer.run(.close, other, taken, other) { server in
      let client = try Recorder().client(of: server.url)
      let error = await apiError { try await client.createActor(Self.new) }
      #expect(error?.type == .actorNameNotUnique && error?.status == 409)
      await client.shutdown()
    }
  }

  @Test("a 409 at first is an error")
  func conflict() async throws {
    try await ScriptedServer.run(.error(409, "actor-name-not-unique")) { server in
      let client = try Recorder().client(of: server.url)
      #expect(await apiError { try await client.createActor(Self.new) }?.type == .actorNameNotUnique)
      #expect(server.received.count == 1)
      await client.shutdown()
    }
  }

  @Test(
    "an update is repeated only over a version that is as it was",
    arguments: [Answer.close, .page(502, "x"), .error(429, "rate-limit-exceeded")])
  func updateLost(_ fault: Answer) async throws {
    struct Foreign: Error {}
    let (put, get) = ("PUT /v2/actors/a/versions/0.1", "GET /v2/actors/a/versions/0.1")
    for (judgement, lines) in [
      (Bool?.some(true), [put, get]), (false, [put, get, put]), (nil, [put, get]),
    ] {
      try await ScriptedServer.run([fault, .json(Self.version), .json(Self.version)]) { server in
        let client = try Recorder().client(of: server.url)
        let update = {
          try await client.updateVersion(actor: .id("a"), number: "0.1", body: RequestBody(Array("{}".utf8)))
          {
            _ in
            guard let judgement else { throw Foreign() }
            return judgement
          }
        }
        if judgement == nil {
          await #expect(throws: Foreign.self) { try await update() }
        } else {
          #expect(try await update().versionNumber == "0.1")
        }
        #expect(server.received.map(\.line) == lines)
        await client.shutdown()
      }
    }
  }

  @Test("a version whose answer was lost is found, if it is ours", arguments: [true, false])
  func versionLost(_ isOurs: Bool) async throws {
    let exists = Answer.error(409, "version-already-exists")
    try await ScriptedServer.run(.close, .json(Self.version), exists, .json(Self.version)) { server in
      let client = try Recorder().client(of: server.url)
      let create = {
        try await client.createVersion(
          actor: .id("a"), number: "0.1", body: RequestBody(Array("{}".utf8)), isOurs: { _ in isOurs })
      }
      if isOurs {
        #expect(try await create().versionNumber == "0.1")
        #expect(
          server.received.map(\.line) == ["POST /v2/actors/a/versions", "GET /v2/actors/a/versions/0.1"])
      } else {
        #expect(await apiError(create)?.status == 409)
      }
      await client.shutdown()
    }
  }
}

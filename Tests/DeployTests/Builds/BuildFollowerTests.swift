// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import Synchronization
import Testing

@testable import Deploy

@Suite("Following a build", .timeLimit(.minutes(1)))
struct BuildFollowerTests {
  /// What a follower reported, in words.
  final class Report: Sendable {
    private let state = Mutex<[String]>([])
    var events: [String] { state.withLock { $0 } }

    func note(_ event: BuildFollower.Event) {
      // The ending itself says that.
      if case .ended = event { return }
      let word =
        switch event {
        case .started(let build): "started \(build.id)"
        case .resumed(let build): "resumed \(build.id)"
        case .logLine(let line): line
        case .waitingForTag(let tag): "waiting for \(tag)"
        case .ended: ""
        }
      state.withLock { $0.append(word) }
    }
  }

  private static func follower(
    _ platform: ScriptedPlatform, tag: String? = nil, wait: Duration? = nil, report: Report = Report(),
    onStart: @escaping @Sendable () -> Void = {}
  ) -> BuildFollower {
    var follower = BuildFollower(platform: platform, actorID: "a1", version: "0.1", tag: tag, wait: wait) {
      event in
      report.note(event)
      if case .started = event { onStart() }
    }
    follower.patience = BuildFollower.Patience(
      log: .milliseconds(30), tag: .milliseconds(60), newBuild: .milliseconds(5), firstPause: .milliseconds(1)
    )
    return follower
  }

  private static func platform(
    _ statuses: [BuildStatus?], tags: [[String: Int]] = [],
    log: @escaping @Sendable (Int, (String) async -> Void) async throws -> Void = { _, _ in },
    abort: @escaping @Sendable () async throws -> Build = { try .of(1, .aborted) }
  ) -> ScriptedPlatform {
    let looks = Atomic<Int>(0)
    return ScriptedPlatform(
      actor: { _ in
        let look = looks.add(1, ordering: .relaxed).oldValue
        return try .of(tags: tags.isEmpty ? [:] : tags[min(look, tags.count - 1)])
      },
      start: { try .of(1, .ready) },
      build: { try statuses[min($0, statuses.count - 1)].map { status in try .of(1, status) } }, log: log,
      abort: abort)
  }

  @Test(
    "ends with the build, whatever its end",
    arguments: [BuildStatus.succeeded, .failed, .timedOut, .aborted])
  func ends(_ status: BuildStatus) async throws {
    let report = Report()
    let platform = Self.platform([.ready, .running, status], log: { _, emit in await emit("one") })
    let ending = try await Self.follower(platform, report: report).run()
    #expect(ending.build.status == status && !ending.hasElapsed && ending.logTail == ["one"])
    #expect(report.events == ["started b1", "one"])
    #expect(!platform.calls.contains("abortBuild"))
  }

  @Test("believes the state where the log never ends")
  func endlessLog() async throws {
    let platform = Self.platform(
      [.succeeded],
      log: { _, emit in
        await emit("first")
        try await Task.sleep(for: .seconds(50))
      })
    let ending = try await Self.follower(platform).run()
    #expect(ending.build.status == .succeeded && ending.logTail == ["first"])
  }

  @Test("takes a log that breaks off up where it ended")
  func brokenLog() async throws {
    let report = Report()
    let platform = Self.platform(
      [.running, .running, .succeeded],
      log: { known, emit in
        for line in ["a", "b", "c"].dropFirst(known).prefix(2) { await emit(line) }
        if known == 0 { throw APIError(type: .network, message: "reset") }
      })
    var follower = Self.follower(platform, report: report)
    follower.patience.log = .seconds(20)
    let ending = try await follower.run()
    #expect(report.events == ["started b1", "a", "b", "c"] && ending.logTail == ["a", "b", "c"])
  }

  @Test("keeps the last lines of a log")
  func tail() async throws {
    let platform = Self.platform([.failed], log: { _, emit in for line in 1...50 { await emit("\(line)") } })
    let ending = try await Self.follower(platform).run()
    #expect(ending.logTail == (31...50).map { "\($0)" })
  }

  @Test("ends when the time to wait is over", arguments: [Duration.zero, .milliseconds(40)])
  func elapsed(_ wait: Duration) async throws {
    let platform = Self.platform([.running], log: { _, _ in try await Task.sleep(for: .seconds(50)) })
    let ending = try await Self.follower(platform, tag: "latest", wait: wait).run()
    #expect(ending.hasElapsed && ending.build.id == "b1")
    #expect(!platform.calls.contains("actor"), "the tag of a build that goes on is not looked at")
    #expect(!platform.calls.contains("abortBuild"))
  }

  @Test(
    "looks once more when the time to wait is over: no build is said to go on that has ended",
    arguments: [BuildStatus.succeeded, .failed])
  func lastLook(_ status: BuildStatus) async throws {
    let platform = Self.platform(
      [.running, status], log: { _, _ in try await Task.sleep(for: .seconds(50)) })
    var follower = Self.follower(platform, wait: .milliseconds(40))
    follower.patience.firstPause = .seconds(50)
    let ending = try await follower.resume(try .of(1, .ready))
    #expect(!ending.hasElapsed && ending.build.status == status)
    // One that ended long ago is not waited for at all.
    let ended = Self.platform([status], log: { _, _ in try await Task.sleep(for: .seconds(50)) })
    let seen = try await Self.follower(ended, wait: .zero).resume(try .of(1, .running))
    #expect(!seen.hasElapsed && seen.build.status == status)
  }

  @Test("says how it was seen last where it goes on, and of one that was just started no more")
  func seenLast() async throws {
    let platform = Self.platform([.running], log: { _, _ in try await Task.sleep(for: .seconds(50)) })
    let ending = try await Self.follower(platform, wait: .milliseconds(20)).run()
    #expect(ending.hasElapsed && ending.build.status == .running)
    var quick = Self.follower(platform, wait: .zero)
    quick.patience.firstPause = .seconds(1)
    #expect(try await quick.run().build.status == .ready)
  }

  @Test("is aborted where the task is cancelled in the last look")
  func cancelledLook() async throws {
    let looks = Atomic<Int>(0)
    let platform = ScriptedPlatform(
      start: { try .of(1, .ready) },
      build: { _ in
        if looks.add(1, ordering: .relaxed).oldValue > 0 { try await Task.sleep(for: .seconds(50)) }
        return try .of(1, .running)
      }, log: { _, _ in try await Task.sleep(for: .seconds(50)) }, abort: { try .of(1, .aborted) })
    // The poll hangs in its second look, and then the last one does.
    let follower = Self.follower(platform, wait: .milliseconds(200))
    let work = Task { try await follower.run() }
    while looks.load(ordering: .relaxed) < 3 { try await Task.sleep(for: .milliseconds(1)) }
    try await Task.sleep(for: .milliseconds(100))
    work.cancel()
    await #expect(throws: DeployError.self) { try await work.value }
    #expect(platform.calls.contains("abortBuild"))
  }

  @Test("looks when the log has ended, and does not sleep on")
  func logEnds() async throws {
    var follower = Self.follower(Self.platform([.running, .running, .succeeded]))
    follower.patience.firstPause = .seconds(90)
    #expect(try await follower.run().build.status == .succeeded)
  }

  @Test("waits for the tag to move")
  func tagMoves() async throws {
    let report = Report()
    let platform = Self.platform([.succeeded], tags: [[:], ["latest": 0], ["latest": 1]])
    var follower = Self.follower(platform, tag: "latest", report: report)
    follower.patience.tag = .seconds(60)
    let ending = try await follower.run()
    guard case .moved("latest") = ending.tag else {
      Issue.record("\(ending.tag)")
      return
    }
    #expect(report.events == ["started b1", "waiting for latest"], "told once")
  }

  @Test("says which build the tag means where it stays")
  func tagStays() async throws {
    let platform = Self.platform([.succeeded], tags: [["latest": 9]])
    let ending = try await Self.follower(platform, tag: "latest").run()
    guard case .elsewhere("latest", buildNumber: "0.1.9") = ending.tag else {
      Issue.record("\(ending.tag)")
      return
    }
  }

  @Test("looks for no tag of a build that failed")
  func failedTag() async throws {
    let platform = Self.platform([.failed])
    let ending = try await Self.follower(platform, tag: "latest").run()
    guard case .none = ending.tag else {
      Issue.record("\(ending.tag)")
      return
    }
    #expect(!platform.calls.contains("actor"))
  }

  @Test("goes on with a build that was started before, and leaves it running where it is cancelled")
  func resumed() async throws {
    let report = Report()
    let ending = try await Self.follower(Self.platform([.running, .succeeded]), report: report).resume(
      .of(1, .running))
    #expect(ending.build.status == .succeeded && report.events == ["resumed b1"])
    let platform = Self.platform([.running])
    let task = Task { try await Self.follower(platform).resume(.of(1, .running)) }
    task.cancel()
    guard case .failure(DeployError.interrupted) = await task.result else {
      Issue.record("not interrupted")
      return
    }
    #expect(!platform.calls.contains("abortBuild") && !platform.calls.contains("startBuild"))
  }

  @Test("waits for a new build to be known")
  func lateBuild() async throws {
    let ending = try await Self.follower(Self.platform([nil, nil, .running, nil, .succeeded])).run()
    #expect(ending.build.status == .succeeded)
  }

  @Test("fails where the build stays unknown")
  func vanished() async throws {
    let platform = Self.platform([.running, nil])
    await #expect {
      try await Self.follower(platform).run()
    } throws: { error in
      if case DeployError.buildVanished(let build) = error { build.id == "b1" } else { false }
    }
  }

  @Test("fails where the platform fails, and aborts nothing")
  func platformError() async throws {
    let platform = ScriptedPlatform(
      start: { try .of(1, .ready) }, build: { _ in throw APIError(type: .timeout, message: "no answer") })
    await #expect {
      try await Self.follower(platform).run()
    } throws: { error in
      if case DeployError.platform(let error, _) = error { error.type == .timeout } else { false }
    }
    #expect(!platform.calls.contains("abortBuild"))
  }

  @Test("aborts the build where it is cancelled", arguments: [true, false])
  func cancelled(_ doesAbort: Bool) async throws {
    let platform = Self.platform(
      [.running], log: { _, _ in try await Task.sleep(for: .seconds(50)) },
      abort: {
        if doesAbort { try .of(1, .aborting) } else { throw APIError(type: .network, message: "gone") }
      })
    let (started, signal) = AsyncStream.makeStream(of: Void.self)
    let task = Task { try await Self.follower(platform, onStart: { signal.finish() }).run() }
    for await _ in started {}
    task.cancel()
    let result = await task.result
    #expect(platform.calls.count { $0 == "abortBuild" } == 1)
    guard case .failure(DeployError.buildAborted(let build)) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(build.status == (doesAbort ? .aborting : .ready), "what is known of the build then")
  }

  @Test("aborts a build whose start it was cancelled during")
  func cancelledStart() async throws {
    let (reached, signal) = AsyncStream.makeStream(of: Void.self)
    let (released, release) = AsyncStream.makeStream(of: Void.self)
    let platform = ScriptedPlatform(
      start: {
        signal.finish()
        for await _ in released {}
        #expect(!Task.isCancelled, "the start is not given up half-way")
        return try .of(1, .ready)
      }, build: { _ in try .of(1, .running) }, abort: { try .of(1, .aborted) })
    let task = Task { try await Self.follower(platform).run() }
    for await _ in reached {}
    task.cancel()
    release.finish()
    guard case .failure(DeployError.buildAborted) = await task.result else {
      Issue.record("not aborted")
      return
    }
    #expect(platform.calls.contains("abortBuild"))
  }
}

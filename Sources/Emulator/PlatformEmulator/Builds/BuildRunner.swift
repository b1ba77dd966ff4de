// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization
internal import SystemIO

/// Carries out builds, as far as that is possible without machines: it fetches and checks what would be built.
final class BuildRunner: Sendable {
  /// How builds are to go.
  let scripts: BuildScripts
  private let tasks = Mutex<[String: Task<Void, Never>]>([:])
  private let store: PlatformStore
  private let source: BuildSource
  private let clock: @Sendable () -> Timestamp
  private let sleep: @Sendable (Duration) async throws -> Void

  init(
    store: PlatformStore, source: BuildSource, usual: BuildScript, clock: @escaping @Sendable () -> Timestamp,
    sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    self.store = store
    self.source = source
    self.clock = clock
    self.sleep = sleep
    scripts = BuildScripts(usual: usual)
  }

  /// Begins with a build that is ready.
  func start(_ build: BuildRecord) {
    let name = store.read { $0.actors[build.actorId]?.name ?? "" }
    let script = scripts.take(for: build.id, actorID: build.actorId, actorName: name)
    keep(build.id) { [self] in await run(build, script) }
  }

  /// Ends a build before its time, unless it has ended. Returns it as it is at first: ABORTING.
  @discardableResult
  func abort(_ id: String) -> BuildRecord? {
    let build = advance(id, to: .aborting, saying: ["Build was aborted on request."])
    guard let build else { return store.read { $0.builds[id] } }
    tasks.withLock { $0.removeValue(forKey: id) }?.cancel()
    if scripts.isOpen(.settle, of: id) {
      advance(id, to: .aborted)
    } else {
      keep(id) { [self] in
        if await scripts.pass(.settle, of: id) { advance(id, to: .aborted) }
      }
    }
    return build
  }

  /// Ends all that is under way, with the emulator.
  func stop() {
    let stopped = tasks.withLock { tasks in
      defer { tasks = [:] }
      return tasks
    }
    for task in stopped.values { task.cancel() }
    for id in stopped.keys.sorted() {
      advance(id, to: .failed, saying: ["ERROR: The emulator was stopped."])
    }
  }

  /// Adds a line to a build's log.
  func log(_ id: String, _ line: String) {
    let stamp = clock().iso8601
    _ = try? store.update { $0.addToLog(of: id, ["\(stamp) \(line)"]) }
  }

  private func keep(_ id: String, _ body: @escaping @Sendable () async -> Void) {
    tasks.withLock { tasks in
      tasks[id] = Task {
        await body()
        if !Task.isCancelled { self.tasks.withLock { _ = $0.removeValue(forKey: id) } }
      }
    }
  }

  /// Everything that is done for a build. Cancelled, it has been aborted: then all has been said.
  private func run(_ build: BuildRecord, _ script: BuildScript) async {
    let id = build.id
    guard await scripts.pass(.start, of: id) else { return }
    guard
      advance(id, to: .running, saying: ["ACTOR: Building version \(build.version.versionNumber)."]) != nil
    else { return }
    // Reading gigabytes blocks its thread.
    let found = await Threads.run { [source] in
      Result { () throws(BuildSource.Problem) in try source.lines(about: build.version) }
    }
    switch found {
    case .success(let lines): for line in lines + script.logLines { log(id, line) }
    case .failure(let problem):
      advance(id, to: .failed, saying: ["ERROR: \(problem)"])
      return
    }
    if script.outcome == .hang {
      _ = await store.signal.wait(for: { nil as Bool? })
      return
    }
    guard (try? await sleep(script.duration)) != nil, await scripts.pass(.end, of: id) else { return }
    switch script.outcome {
    case .hang: break
    case .fail:
      advance(
        id, to: .failed, saying: ["ERROR: The command '/bin/sh -c npm ci' returned a non-zero code: 1"])
    case .timeOut:
      advance(id, to: .timingOut, saying: ["ERROR: The build timed out."])
      if await scripts.pass(.settle, of: id) { advance(id, to: .timedOut) }
    case .succeed:
      let isLate = script.tagDelay > .zero || script.gates.contains(.tag)
      let line = "ACTOR: Build finished. The emulator has checked the source; it makes no image."
      guard advance(id, to: .succeeded, movingTag: !isLate, saying: [line]) != nil, isLate else { return }
      guard (try? await sleep(script.tagDelay)) != nil, await scripts.pass(.tag, of: id) else { return }
      _ = try? store.update { $0.moveTag(ofBuild: id, at: clock()) }
    }
  }

  /// Takes a build one step further; nil where it can't go there any more.
  @discardableResult
  private func advance(
    _ id: String, to status: BuildRecord.Status, movingTag: Bool = false, saying lines: [String] = []
  ) -> BuildRecord? {
    let now = clock()
    let stamped = lines.map { "\(now.iso8601) \($0)" }
    let build = try? store.update { state throws(PlatformError) -> BuildRecord? in
      guard let build = state.advanceBuild(id, to: status, at: now, saying: stamped) else { return nil }
      if movingTag { state.moveTag(ofBuild: id, at: now) }
      return build
    }
    return build ?? nil
  }
}

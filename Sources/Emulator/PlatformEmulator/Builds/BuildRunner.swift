// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import PlatformModel
internal import Synchronization
internal import SystemIO

/// Carries out builds and runs, as far as that is possible without machines: it reads and checks what would
/// be built, and of a run it plays the course.
package final class BuildRunner: Sendable {
  private let tasks = Mutex<[String: Task<Void, Never>]>([:])
  private let store: PlatformStore
  private let source: BuildSource
  private let seam: Seam
  private let usual: BuildCourse
  private let usualRun: BuildCourse
  private let clock: @Sendable () -> Timestamp
  private let sleep: @Sendable (Duration) async throws -> Void

  init(
    store: PlatformStore, source: BuildSource, seam: Seam, usual: BuildCourse, usualRun: BuildCourse,
    clock: @escaping @Sendable () -> Timestamp, sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    self.store = store
    self.source = source
    self.seam = seam
    self.usual = usual
    self.usualRun = usualRun
    self.clock = clock
    self.sleep = sleep
  }

  /// Starts a build that is READY.
  func start(_ build: BuildRecord) {
    let name = store.read { $0.actors[build.actorId]?.name ?? "" }
    let course = seam.interceptor?.course(of: build, actorName: name) ?? usual
    keep(build.id) { [self] in await carryOut(course.steps(for: build.version.versionNumber), of: build.id) }
  }

  /// Starts a run that is READY.
  func start(_ run: RunRecord) {
    let name = store.read { $0.actors[run.actorId]?.name ?? "" }
    let course = seam.interceptor?.course(of: run, actorName: name) ?? usualRun
    keep(run.id) { [self] in await carryOut(course.runSteps(for: run.buildNumber), of: run.id) }
  }

  /// Aborts a build unless it has ended. Returns it as it is at first: ABORTING.
  @discardableResult
  package func abort(_ id: String) -> BuildRecord? {
    guard let build = store.read({ $0.builds[id] }) else { return nil }
    guard advance(id, by: BuildCourse.abort) else { return build }
    let aborting = store.read { $0.builds[id] }
    finishAbort(of: id)
    return aborting
  }

  /// Aborts a run unless it has ended. Returns it as it is at first: ABORTING.
  @discardableResult
  package func abortRun(_ id: String) -> RunRecord? {
    guard let run = store.read({ $0.runs[id] }) else { return nil }
    guard advance(id, by: BuildCourse.abortOfRun) else { return run }
    let aborting = store.read { $0.runs[id] }
    finishAbort(of: id)
    return aborting
  }

  private func finishAbort(of id: String) {
    tasks.withLock { $0.removeValue(forKey: id) }?.cancel()
    if seam.interceptor?.isOpen(.settle, of: id) ?? true {
      for step in BuildCourse.afterAbort { advance(id, by: step) }
    } else {
      keep(id) { [self] in await carryOut(BuildCourse.afterAbort, of: id) }
    }
  }

  /// Fails all builds and runs that are under way, with the emulator.
  func stop() {
    let stopped = tasks.withLock { tasks in
      defer { tasks = [:] }
      return tasks
    }
    for task in stopped.values { task.cancel() }
    for id in stopped.keys.sorted() {
      advance(id, by: .advance(.failed, saying: ["ERROR: The emulator was stopped."]))
    }
  }

  /// Adds a line to the log of a build or run.
  package func log(_ id: String, _ line: String) {
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

  /// Carries out `steps`, up to one that cannot be done. Cancelled, the build or run has been aborted, and
  /// its end been said.
  private func carryOut(_ steps: [BuildStep], of id: String) async {
    for step in steps where await !carryOut(step, of: id) { return }
  }

  /// Returns whether the build or run goes on.
  private func carryOut(_ step: BuildStep, of id: String) async -> Bool {
    switch step {
    case .pass(let point):
      guard let interceptor = seam.interceptor else { return !Task.isCancelled }
      return await interceptor.pass(point, of: id)
    case .advance:
      return advance(id, by: step)
    case .readSource:
      guard let build = store.read({ $0.builds[id] }) else { return false }
      // Reading gigabytes blocks its thread.
      let found = await Threads.run { [source] in
        Result { () throws(SourceProblem) in try source.lines(about: build.version) }
      }
      switch found {
      case .success(let lines): for line in lines { log(id, line) }
      case .failure(let problem):
        advance(id, by: BuildCourse.failure(problem))
        return false
      }
      return true
    case .log(let lines):
      for line in lines { log(id, line) }
      return true
    case .wait(let duration):
      return (try? await sleep(duration)) != nil
    case .hang:
      _ = await store.signal.wait(for: { nil as Bool? })
      return false
    case .moveTag:
      _ = try? store.update { $0.moveTag(ofBuild: id, at: clock()) }
      return true
    }
  }

  /// Takes a build or run one step further. Returns whether it could go there.
  @discardableResult
  private func advance(_ id: String, by step: BuildStep) -> Bool {
    let now = clock()
    return (try? store.update { state throws(PlatformError) in state.advance(id, by: step, at: now) })
      ?? false
  }
}

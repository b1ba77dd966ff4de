// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import PlatformEmulator
internal import PlatformModel
internal import Synchronization
internal import Zip

/// Carries out builds and runs at once: each goes on until a gate, or to its end.
final class InMemoryBuilds: Sendable {
  private let rest = Mutex<[String: [BuildStep]]>([:])
  private let store: PlatformStore
  private let contents: MemoryContents
  private let scripts: BuildScripts
  private let root: String
  private let clock: @Sendable () -> Timestamp

  init(
    store: PlatformStore, contents: MemoryContents, scripts: BuildScripts, root: String,
    clock: @escaping @Sendable () -> Timestamp
  ) {
    self.store = store
    self.contents = contents
    self.scripts = scripts
    self.root = root
    self.clock = clock
  }

  func start(_ build: BuildRecord) {
    let name = store.read { $0.actors[build.actorId]?.name ?? "" }
    let script = scripts.take(for: build.id, actorID: build.actorId, actorName: name) ?? BuildScript()
    let steps = script.course.steps(for: build.version.versionNumber)
    rest.withLock { $0[build.id] = steps }
    goOn(build.id)
  }

  func start(_ run: RunRecord) {
    let script = scripts.takeRun(for: run.id) ?? BuildScript()
    let steps = script.course.runSteps(for: run.buildNumber)
    rest.withLock { $0[run.id] = steps }
    goOn(run.id)
  }

  /// Aborts a build unless it has ended. Returns it as it is at first: ABORTING.
  func abort(_ id: String) -> BuildRecord? {
    let isAborting = advance(id, by: BuildCourse.abort)
    let build = store.read { $0.builds[id] }
    if isAborting { finishAbort(of: id) }
    return build
  }

  /// Aborts a run unless it has ended. Returns it as it is at first: ABORTING.
  func abortRun(_ id: String) -> RunRecord? {
    let isAborting = advance(id, by: BuildCourse.abortOfRun)
    let run = store.read { $0.runs[id] }
    if isAborting { finishAbort(of: id) }
    return run
  }

  private func finishAbort(of id: String) {
    rest.withLock { $0[id] = BuildCourse.afterAbort }
    goOn(id)
  }

  func log(_ line: String, to id: String) {
    let stamp = clock().iso8601
    _ = try? store.update { $0.addToLog(of: id, ["\(stamp) \(line)"]) }
  }

  /// Carries out the steps that are left of a build or run, up to one that is held or cannot be done.
  func goOn(_ id: String) {
    while let step = nextStep(of: id) {
      guard carryOut(step, of: id) else {
        rest.withLock { $0[id] = nil }
        return
      }
    }
  }

  private func nextStep(of id: String) -> BuildStep? {
    rest.withLock { rest in
      guard let step = rest[id]?.first else { return nil }
      if case .pass(let gate) = step, !scripts.isOpen(gate, of: id) { return nil }
      rest[id]?.removeFirst()
      return step
    }
  }

  /// Returns whether the build or run goes on.
  private func carryOut(_ step: BuildStep, of id: String) -> Bool {
    switch step {
    case .pass, .wait: return true
    case .hang: return false
    case .advance: return advance(id, by: step)
    case .log(let lines):
      for line in lines { log(line, to: id) }
      return true
    case .moveTag:
      _ = try? store.update { $0.moveTag(ofBuild: id, at: clock()) }
      return true
    case .readSource:
      guard let build = store.read({ $0.builds[id] }) else { return false }
      do throws(SourceProblem) {
        for line in try build.version.sourceLines(archive: archive) { log(line, to: id) }
        return true
      } catch {
        advance(id, by: BuildCourse.failure(error))
        return false
      }
    }
  }

  private func archive(at url: String) throws(SourceProblem) -> ZipArchive {
    let record = try store.read { state throws(SourceProblem) in try state.record(at: url, root: root) }
    let bytes = contents[record.contents] ?? []
    do {
      return try ZipArchive(byteCount: bytes.count) { offset, count in
        Array(bytes.dropFirst(offset).prefix(count))
      }
    } catch {
      throw SourceProblem("The source zip can't be unpacked: \(error)")
    }
  }

  @discardableResult
  private func advance(_ id: String, by step: BuildStep) -> Bool {
    let now = clock()
    return (try? store.update { state throws(PlatformError) in state.advance(id, by: step, at: now) })
      ?? false
  }
}

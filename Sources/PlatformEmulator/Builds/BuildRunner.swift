// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

/// Carries out builds, as far as that is possible without machines: it fetches and checks what would be built.
final class BuildRunner: Sendable {
  private struct State {
    /// For the next builds, one each.
    var scripts: [BuildScript] = []
    var usual: BuildScript
    /// How each build goes, by its id, and how often it still is not found.
    var known: [String: (script: BuildScript, hidden: Int)] = [:]
    var tasks: [String: Task<Void, Never>] = [:]
  }

  private let state: Mutex<State>
  private let store: PlatformStore
  private let contents: RecordContents
  private let clock: @Sendable () -> Timestamp

  init(
    store: PlatformStore, contents: RecordContents, usual: BuildScript,
    clock: @escaping @Sendable () -> Timestamp
  ) {
    self.store = store
    self.contents = contents
    self.clock = clock
    state = Mutex(State(usual: usual))
  }

  /// Has the next builds go like `scripts`, one each.
  func add(_ scripts: [BuildScript]) { state.withLock { $0.scripts += scripts } }

  /// How the build `id` goes.
  func script(of id: String) -> BuildScript { state.withLock { $0.known[id]?.script ?? $0.usual } }

  /// Whether the build `id` is to be found; it may take some tries.
  func isVisible(_ id: String) -> Bool {
    state.withLock { state in
      guard let known = state.known[id], known.hidden > 0 else { return true }
      state.known[id]?.hidden -= 1
      return false
    }
  }

  /// Begins with a build that is ready.
  func start(_ build: BuildRecord) {
    let script = state.withLock { state -> BuildScript in
      let script = state.scripts.isEmpty ? state.usual : state.scripts.removeFirst()
      state.known[build.id] = (script, script.hiddenFor)
      return script
    }
    let task = Task { await run(build, script) }
    state.withLock { $0.tasks[build.id] = task }
  }

  /// Ends a build before its time.
  func abort(_ id: String) {
    update(id) { $0.status = .aborting }
    log(id, "Build was aborted on request.")
    let task = state.withLock { $0.tasks.removeValue(forKey: id) }
    task?.cancel()
    end(id, .aborted)
  }

  /// Ends all that is under way, with the emulator.
  func stop() {
    let tasks = state.withLock { state in
      defer { state.tasks = [:] }
      return state.tasks.values
    }
    for task in tasks { task.cancel() }
  }

  private func run(_ build: BuildRecord, _ script: BuildScript) async {
    defer { state.withLock { _ = $0.tasks.removeValue(forKey: build.id) } }
    update(build.id) { $0.status = .running }
    log(build.id, "ACTOR: Building version \(build.version.versionNumber).")
    do {
      let source = BuildSource(store: store, contents: contents)
      log(build.id, try await source.describe(build.version))
    } catch {
      log(build.id, "ERROR: \(error)")
      end(build.id, .failed)
      return
    }
    for line in script.logLines { log(build.id, line) }
    // Cancelled, it has been aborted: then everything has been said.
    guard (try? await Task.sleep(for: script.outcome == .hang ? .seconds(1 << 30) : script.duration)) != nil
    else {
      return
    }
    switch script.outcome {
    case .hang: return
    case .fail:
      log(build.id, "ERROR: The command '/bin/sh -c npm ci' returned a non-zero code: 1")
      end(build.id, .failed)
    case .timeOut:
      update(build.id) { $0.status = .timingOut }
      log(build.id, "Build timed out.")
      end(build.id, .timedOut)
    case .succeed:
      log(build.id, "ACTOR: Build finished.")
      if script.tagDelay == .zero { moveTag(of: build) }
      end(build.id, .succeeded)
      if script.tagDelay > .zero, (try? await Task.sleep(for: script.tagDelay)) != nil { moveTag(of: build) }
    }
  }

  private func moveTag(of build: BuildRecord) {
    guard let tag = build.tag else { return }
    _ = try? store.update { $0.moveTag(tag, to: build.id, at: clock()) }
  }

  private func log(_ id: String, _ line: String) {
    let stamp = clock().iso8601
    update(id) { $0.log.append("\(stamp) \(line)") }
  }

  private func end(_ id: String, _ status: BuildRecord.Status) {
    let now = clock()
    update(id) { build in
      build.status = status
      build.finishedAt = now
    }
  }

  private func update(_ id: String, _ change: (inout BuildRecord) -> Void) {
    _ = try? store.update { $0.updateBuild(id, change) }
  }
}

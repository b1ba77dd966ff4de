// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// How tests have builds go, and look at them.
extension PlatformEmulator {
  /// Has the next builds go like `scripts`, one each: of the Actor with the id or name `actor`, or of any.
  package func script(_ scripts: BuildScript..., forActor actor: String? = nil) {
    runner.scripts.add(scripts, actor: actor)
  }

  /// Has all builds that nothing was queued for go like `script`.
  package func setUsualBuild(_ script: BuildScript) { runner.scripts.setUsual(script) }

  /// Lets the build `id` pass a gate that its script holds it at.
  package func release(_ gate: BuildScript.Gate, of id: String) { runner.scripts.release(gate, of: id) }

  /// Adds a line to the log of the build `id`, as if the build had written it.
  package func log(_ line: String, toBuild id: String) { runner.log(id, line) }

  /// The builds of an Actor, the oldest first.
  package func builds(of reference: String) throws(PlatformError) -> [BuildRecord] {
    state.builds(of: try actor(reference).id)
  }

  /// The build that `tag` of an Actor means; nil for none.
  package func build(tagged tag: String, of reference: String) throws(PlatformError) -> BuildRecord? {
    try actor(reference).taggedBuilds?[tag].flatMap { state.builds[$0] }
  }

  /// Waits until `look` finds something in what the platform knows, looking after each change; nil where the task is cancelled.
  ///
  /// ```swift
  /// let build = await emulator.until { $0.builds.values.first { $0.status == .running } }
  /// ```
  package func until<Outcome>(_ look: (PlatformState) throws -> Outcome?) async rethrows -> Outcome? {
    try await store.signal.wait(for: { try look(state) })
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import PlatformEmulator
internal import PlatformModel

/// The builds of an emulator, as tests control them.
extension PlatformEmulator {
  /// Scripts the next builds, one each: of the Actor with the id or name `actor`, or of any.
  package func script(_ scripts: BuildScript..., forActor actor: String? = nil) {
    controls.scripts.add(scripts, actor: actor)
  }

  /// Scripts all builds that have no script of their own.
  package func setUsualBuild(_ script: BuildScript) { controls.scripts.setUsual(script) }

  /// Scripts the next runs, one each.
  package func scriptRun(_ scripts: BuildScript...) { controls.scripts.addRuns(scripts) }

  /// Lets the build or run `id` pass a gate that its script holds it at.
  package func release(_ gate: BuildScript.Gate, of id: String) { controls.scripts.release(gate, of: id) }

  /// Adds a line to the log of the build or run `id`, as if that had written it.
  package func log(_ line: String, toBuild id: String) { runner.log(id, line) }

  /// Aborts all builds that are under way.
  package func abortBuilds() {
    for build in state.builds.values where !build.status.isFinal { runner.abort(build.id) }
  }
}

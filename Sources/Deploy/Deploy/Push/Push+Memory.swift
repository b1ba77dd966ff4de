// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

extension Push {
  /// Keeps what the version holds now as the common base of later changes.
  ///
  /// - Returns: why it cannot be kept.
  func remember(_ plan: PushPlan, _ id: String) -> SystemError? {
    var version = RememberedVersion(
      plan.package.manifest, variables: settings.variables, before: plan.remembered)
    version.build = plan.action == .none ? plan.remembered?.build : .pending(last: plan.newestBuild?.id)
    return keep(version, id)
  }

  /// Keeps, before the version is changed, that it is to be built: whatever ends this push half-way, the next
  /// one builds.
  func rememberPending(_ plan: PushPlan, _ id: String) {
    guard let manifest = plan.remembered?.manifest ?? plan.remote?.manifest else { return }
    var version = RememberedVersion(manifest, variables: DeclaredVariables(), before: plan.remembered)
    version.build = .pending(last: plan.newestBuild?.id)
    _ = keep(version, id)
  }

  /// Keeps that `build` was started of what was pushed last.
  func rememberBuild(_ build: String, _ id: String) {
    guard var version = memory?.recall(key(id)) else { return }
    version.build = .started(build)
    _ = keep(version, id)
  }

  private func keep(_ version: RememberedVersion, _ id: String) -> SystemError? {
    do throws(SystemError) {
      try memory?.keep(version, for: key(id))
      return nil
    } catch {
      return error
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import DeployHooks
internal import Git
internal import SystemIO

/// What a user agrees to by `hook install` and `hook allow`.
enum HookConsent {
  /// Agrees to what the work tree of `found` says.
  static func give(
    _ found: HookLocationOptions.Found, map: String?, _ environment: ProcessEnvironment
  ) throws(Failure) -> DeployConsent {
    guard let state = environment.context.stateDirectory else { throw Failure(HookError.noStateDirectory) }
    let top = found.repository.worktree ?? found.repository.directory
    let consent: DeployConsent
    do throws(Git.Failure) {
      consent = try DeployConsent(workTree: top, map: map, found.git, environment.context)
    } catch {
      throw Failure(HookError.git(error))
    }
    do throws(SystemError) {
      try consent.keep(try DeployConsent.repository(of: found.repository.directory), in: state)
    } catch {
      throw Failure(HookError.file(state, error))
    }
    return consent
  }

  /// Takes it back.
  static func withdraw(_ found: HookLocationOptions.Found, _ environment: ProcessEnvironment) {
    guard let state = environment.context.stateDirectory,
      let clone = try? DeployConsent.repository(of: found.repository.directory)
    else { return }
    DeployConsent.withdraw(clone, in: state)
  }
}

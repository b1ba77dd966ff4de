// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import DeployHooks
internal import Git
internal import SystemIO

/// What a user agrees to by `hook install` and `hook allow`.
enum HookConsent {
  /// What the work tree of `found` says.
  static func read(
    _ found: HookLocationOptions.Found, map: String?, _ environment: ProcessEnvironment
  ) throws(Failure) -> DeployConsent {
    let top = found.repository.worktree ?? found.repository.directory
    guard String(validating: top, as: UTF8.self) != nil else {
      throw Failure(
        argument: "the path of the repository is not UTF-8 (\(TerminalText.of(top)))",
        help: "the hook deploys from a path that is")
    }
    do throws(Git.Failure) {
      return try DeployConsent(
        workTree: top, isBare: found.repository.worktree == nil, map: map, found.git, environment.context)
    } catch {
      throw Failure(HookError.git(error))
    }
  }

  /// Agrees to `consent`, which the work tree of `found` says.
  static func give(
    _ consent: DeployConsent, _ found: HookLocationOptions.Found, _ environment: ProcessEnvironment
  ) throws(Failure) {
    guard let state = environment.context.stateDirectory else { throw Failure(HookError.noStateDirectory) }
    do throws(SystemError) {
      try consent.keep(try DeployConsent.repository(of: found.repository.directory), in: state)
    } catch {
      throw Failure(HookError.file(state, error))
    }
  }

  /// Takes it back.
  static func withdraw(_ found: HookLocationOptions.Found, _ environment: ProcessEnvironment) {
    guard let state = environment.context.stateDirectory,
      let clone = try? DeployConsent.repository(of: found.repository.directory)
    else { return }
    DeployConsent.withdraw(clone, in: state)
  }
}

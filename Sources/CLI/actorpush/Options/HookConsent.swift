// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
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
    guard environment.context.stateDirectory != nil else { throw Failure(HookError.noStateDirectory) }
    let top = found.repository.worktree ?? found.repository.directory
    guard String(validating: top, as: UTF8.self) != nil else {
      throw Failure(
        argument: "the path of the repository is not UTF-8 (\(TerminalText.of(top)))",
        help: "the hook deploys from a path that is")
    }
    let isBare = found.repository.worktree == nil
    let consent: DeployConsent
    do throws(Git.Failure) {
      consent = try DeployConsent(
        workTree: top, isBare: isBare, map: map, found.git, environment.context)
    } catch {
      throw Failure(HookError.git(error))
    }
    if isBare { try checkBare(consent, map: map) }
    return consent
  }

  /// Throws where nothing could be agreed to by `consent`, of a bare repository, which has no work tree.
  private static func checkBare(_ consent: DeployConsent, map: String?) throws(Failure) {
    guard map != nil else {
      throw Failure(
        argument: "this is a bare repository: no work tree is here whose maps could be agreed to",
        help: "run it in a work tree, or pass --map FILE, a map that names each Actor")
    }
    // What is no map is refused elsewhere.
    let leavesActors = consent.maps.contains {
      (try? DeployMap(Array($0.text.utf8)))?.namesEachActor == false
    }
    guard leavesActors else { return }
    throw Failure(
      argument: "the map leaves an Actor to actor.json, of which a bare repository has none to agree to",
      help: #"add "actor": "NAME" to each target"#)
  }

  /// Agrees to `consent`, which the work tree of `found` says.
  static func give(
    _ consent: DeployConsent, _ found: HookLocationOptions.Found, _ environment: ProcessEnvironment
  ) throws(Failure) {
    guard let state = environment.context.stateDirectory else { throw Failure(HookError.noStateDirectory) }
    do throws(SystemError) {
      try consent.keep(try DeployConsent.repository(of: found.repository.directory), in: state)
      forgetRefusals(found, state)
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
    forgetRefusals(found, state)
  }

  private static func forgetRefusals(_ found: HookLocationOptions.Found, _ state: [UInt8]) {
    JobStore(state: state, repository: JobStore.place(of: found.repository)).forgetRefusals()
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Deploy
internal import DeployHooks
internal import Git
internal import SystemIO

/// Finds out which versions of which Actors a push is about: from the pushed commit's own files, or from a map of the user's. Blocks.
struct TargetFinder {
  let place: RepositoryLocation
  /// The user's map, if there is one.
  let map: String?
  /// Without what git has set for its hook.
  let environment: ProcessEnvironment
  let console: Console
  /// Whether what the user can mend stops the push.
  let isStrict: Bool

  private var git: Git { Git(repository: place.directory, variables: environment.variables) }
  private var top: [UInt8] { place.worktree ?? place.directory }

  /// The targets of `refs`; what is not deployed is said.
  func targets(of refs: [PushedRef], remote: String) throws(Failure) -> [DeployJob.Target] {
    var targets: [DeployJob.Target] = []
    for ref in refs {
      let name = TerminalText.of(ref.remoteRef)
      if ref.isDeletion {
        console.say("actorpush: \(name) is deleted, nothing is deployed")
        continue
      }
      guard let branch = ref.branch else {
        console.say("actorpush: \(name) is no branch, nothing is deployed")
        continue
      }
      let maps = try maps(of: ref)
      if maps.isEmpty {
        console.say(
          "actorpush: no \(DeployMap.path) in what is pushed to \(TerminalText.of(branch)), nothing is deployed")
        continue
      }
      var isMeant = false
      for (folder, text) in maps {
        do throws(Failure) {
          let wanted = try wanted(text, in: folder, branch, remote)
          if !wanted.isEmpty { isMeant = true }
          for target in wanted { targets.append(try self.target(target, in: folder, branch, ref)) }
        } catch {
          // What is wrong with one Actor is no reason to leave the others.
          if isStrict { throw error }
          isMeant = true
          console.say("actorpush: \(error.message); the push goes on, this is not deployed")
        }
      }
      if !isMeant {
        console.say(
          "actorpush: no map says where branch \(TerminalText.of(branch)) of remote \(TerminalText.of(remote)) goes, nothing is deployed"
        )
      }
    }
    return targets
  }

  /// What the map `text` about `folder` says of `branch`.
  private func wanted(
    _ text: [UInt8], in folder: [UInt8], _ branch: String, _ remote: String
  ) throws(Failure) -> [DeployMap.Target] {
    do throws(ProjectError) {
      let map = try DeployMap(text, file: map ?? TerminalText.utf8(folder + Array(DeployMap.path.utf8)))
      guard map.remotes?.contains(remote) ?? true else { return [] }
      return try map.targets(for: branch)
    } catch {
      throw Failure(error)
    }
  }

  /// The texts of the maps, each with the folder that it is about, relative to the top and with a "/" at its end.
  private func maps(of ref: PushedRef) throws(Failure) -> [(folder: [UInt8], text: [UInt8])] {
    do throws(ProjectError) {
      if let map {
        guard let text = Paths.contents(Paths.join(top, Array(map.utf8))) else {
          throw ProjectError(.invalidDeployMap, file: map, reason: "the map can't be read")
        }
        return [([], text)]
      }
      return try paths(ref.localObject).compactMap { path in
        let name = Array("\(ref.localObject):".utf8) + path
        guard let text = try? git.output(["cat-file", "blob"].map { Array($0.utf8) } + [name]) else {
          return nil
        }
        return (Array(path.dropLast(DeployMap.path.utf8.count)), text)
      }
    } catch {
      throw Failure(error)
    }
  }

  /// Where maps lie in `commit`.
  private func paths(_ commit: String) throws(ProjectError) -> [ArraySlice<UInt8>] {
    do throws(Git.Failure) {
      let listing = try git.output(["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit])
      let name = Array(DeployMap.path.utf8)
      return listing.split(separator: 0).filter { path in
        path.suffix(name.count).elementsEqual(name)
          && (path.count == name.count || path[path.endIndex - name.count - 1] == UInt8(ascii: "/"))
      }
    } catch {
      throw ProjectError(.invalidInput, reason: "git can't list \(commit): \(error)")
    }
  }

  private func target(
    _ wanted: DeployMap.Target, in folder: [UInt8], _ branch: String, _ ref: PushedRef
  ) throws(Failure) -> DeployJob.Target {
    var path = Paths.join(top, folder)
    if let below = wanted.folder { path = Paths.join(path, Array(below.utf8)) }
    while path.count > 1, path.last == UInt8(ascii: "/") { path.removeLast() }
    let draft = DeployJob.Target(
      reference: ref.remoteRef, commit: ref.localObject, branch: branch,
      folder: String(decoding: path, as: UTF8.self),
      actor: wanted.actor ?? "", version: wanted.version ?? "", tag: wanted.tag,
      sourceType: wanted.sourceType ?? "auto", builds: wanted.builds, key: "")
    // What the map leaves open, the commit's own actor.json says.
    let command = try Deploying.command(draft, follows: true)
    let settings = try Deploying.settings(command, environment, console)
    let root = try command.platform.root(environment)
    let (actor, version) = (settings.reference.description, settings.version.description)
    return DeployJob.Target(
      reference: draft.reference, commit: draft.commit, branch: branch, folder: draft.folder, actor: actor,
      version: version, tag: wanted.tag, sourceType: draft.sourceType, builds: draft.builds,
      key: JobStore.key([root.description, actor, version]))
  }
}

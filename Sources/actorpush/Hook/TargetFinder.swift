// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Deployment
internal import GitHooks
internal import POSIX
internal import SourceTree

/// Finds out which versions of which Actors a push is about: from the pushed commit's own files, or from a map of the user's. Blocks.
struct TargetFinder {
  let place: RepositoryPlace
  /// The user's map, if there is one.
  let map: String?
  /// Without what git has set for its hook.
  let surroundings: Surroundings
  let talk: Talk

  private var git: Git { Git(repository: place.directory, variables: surroundings.variables) }
  private var top: [UInt8] { place.worktree ?? place.directory }

  /// The targets of `refs`; what is not deployed is said.
  func targets(of refs: [PushedRef], remote: String) throws(Failure) -> [DeployJob.Target] {
    var targets: [DeployJob.Target] = []
    for ref in refs {
      let name = SafeText.of(ref.remoteRef)
      if ref.isDeletion {
        talk.say("actorpush: \(name) is deleted, nothing is deployed")
        continue
      }
      guard let branch = ref.branch else {
        talk.say("actorpush: \(name) is no branch, nothing is deployed")
        continue
      }
      let maps = try maps(of: ref)
      if maps.isEmpty {
        talk.say(
          "actorpush: no \(DeployMap.path) in what is pushed to \(SafeText.of(branch)), nothing is deployed")
        continue
      }
      var found: [DeployJob.Target] = []
      for (folder, map) in maps where map.remotes?.contains(remote) ?? true {
        let wanted: [DeployMap.Target]
        do throws(ProjectError) { wanted = try map.targets(for: branch) } catch { throw Failure(error) }
        for target in wanted { found.append(try self.target(target, in: folder, branch, ref)) }
      }
      if found.isEmpty {
        talk.say(
          "actorpush: no map says where branch \(SafeText.of(branch)) of remote \(SafeText.of(remote)) goes, nothing is deployed"
        )
      }
      targets += found
    }
    return targets
  }

  /// The maps, each with the folder that it is about, relative to the top.
  private func maps(of ref: PushedRef) throws(Failure) -> [(folder: [UInt8], map: DeployMap)] {
    do throws(ProjectError) {
      if let map {
        guard let text = Paths.contents(Paths.join(top, Array(map.utf8))) else {
          throw ProjectError(.invalidDeployMap, file: map, reason: "the map can't be read")
        }
        return [([], try DeployMap(text, file: map))]
      }
      var maps: [(folder: [UInt8], map: DeployMap)] = []
      for path in try paths(ref.localObject) {
        let folder = Array(path.dropLast(DeployMap.path.utf8.count))
        guard
          let text = try? git.output(
            ["cat-file", "blob"].map { Array($0.utf8) } + [Array("\(ref.localObject):".utf8) + path])
        else { continue }
        maps.append((folder, try DeployMap(text, file: SafeText.utf8(Array(path)))))
      }
      return maps
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
    let settings = try Deploying.settings(command, surroundings, talk)
    let root = try command.platform.root(surroundings)
    let (actor, version) = (settings.reference.description, settings.version.description)
    return DeployJob.Target(
      reference: draft.reference, commit: draft.commit, branch: branch, folder: draft.folder, actor: actor,
      version: version, tag: wanted.tag, sourceType: draft.sourceType, builds: draft.builds,
      key: JobStore.key([root.description, actor, version]))
  }
}

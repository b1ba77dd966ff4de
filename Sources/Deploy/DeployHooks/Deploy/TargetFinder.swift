// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Deploy
internal import Git
internal import SourceTree
internal import SystemIO

/// Finds which versions of which Actors a push is about: from the pushed commits' own maps, or from a map of
/// the user's. Blocks.
struct TargetFinder {
  let repository: RepositoryLocation
  /// The user's map, where there is one.
  let map: String?
  /// A context without the variables that git sets for its hook.
  let context: OperationContext
  let dependencies: HookDependencies
  /// What the user has agreed to.
  let consent: RecalledConsent
  /// Whether an error that the user can mend ends the search.
  let isStrict: Bool
  /// Takes why a reference is not deployed, where no target of it is known.
  let refusals: RefusalLog
  let events: HookEvents

  let git: Git
  private var top: [UInt8] { repository.worktree ?? repository.directory }

  /// A finder for pushes from `repository`. Reads its configuration, for what git may fetch from.
  init(
    repository: RepositoryLocation, map: String?, context: OperationContext, dependencies: HookDependencies,
    consent: RecalledConsent, isStrict: Bool, refusals: RefusalLog, events: @escaping HookEvents
  ) {
    (self.repository, self.map, self.context) = (repository, map, context)
    (self.dependencies, self.consent) = (dependencies, consent)
    (self.isStrict, self.refusals, self.events) = (isStrict, refusals, events)
    git = Git(fetchingObjectsOf: repository.directory, variables: context.variables)
  }

  /// The targets of `refs`; what is not deployed is reported.
  func targets(of refs: [PushedRef], remote: String) throws(DeployError) -> [DeployJob.Target] {
    var targets: [DeployJob.Target] = []
    for ref in refs {
      if ref.isDeletion {
        events(.deleted(reference: ref.remoteRef))
      } else if let branch = ref.branch {
        targets += try self.targets(of: ref, branch, remote)
      } else {
        events(.notABranch(reference: ref.remoteRef))
      }
    }
    return targets
  }

  private func targets(
    of ref: PushedRef, _ branch: String, _ remote: String
  ) throws(DeployError) -> [DeployJob.Target] {
    let maps = try maps(of: ref)
    if maps.isEmpty { events(.noMap(branch: branch)) }
    var targets: [DeployJob.Target] = []
    var isMapped = maps.isEmpty
    for (directory, text) in maps {
      do throws(DeployError) {
        let wanted = try wanted(try text.get(), in: directory, branch, remote)
        if wanted.isEmpty { continue }
        isMapped = true
        guard consent.known?.covers(wanted, in: directory, branch, remote) == true else {
          throw refusal(of: directory, branch, "the map")
        }
        for target in wanted {
          let found = try self.target(target, in: directory, branch, remote, ref)
          guard target.actor != nil || consent.known?.covers(actor: found.actor) == true else {
            throw refusal(of: directory, branch, "the Actor \(TerminalText.of(found.actor))")
          }
          targets.append(found)
        }
      } catch {
        // An error of one Actor does not keep the others from being deployed.
        if isStrict || context.cancellation.isCancelled { throw error }
        isMapped = true
        refusals.append(error, of: ref)
        events(.notDeployed(nil, .deploy(error)))
      }
    }
    if !isMapped { events(.unmapped(branch: branch, remote: AddressText.withoutSecrets(remote))) }
    return targets
  }

  /// That the user has not agreed to what the pushed commit says.
  private func refusal(of directory: [UInt8], _ branch: String, _ subject: String) -> DeployError {
    if case .unknown(let reason, let help) = consent {
      return .project(ProjectError(.notAllowed, reason: reason, help: help))
    }
    return .project(
      ProjectError(
        .notAllowed, file: map ?? TerminalText.utf8(directory + Array(DeployMap.path.utf8)),
        reason:
          "\(subject) for \(TerminalText.of(branch)) is not what this clone has agreed to",
        help: "look at it, and run actorpush hook allow"))
  }

  /// What the map `text` of `directory` says of `branch`.
  private func wanted(
    _ text: [UInt8], in directory: [UInt8], _ branch: String, _ remote: String
  ) throws(DeployError) -> [DeployMap.Target] {
    do throws(ProjectError) {
      let file = map ?? TerminalText.utf8(directory + Array(DeployMap.path.utf8))
      return try DeployMap(text, file: file).targets(for: branch, on: remote)
    } catch {
      throw .project(error)
    }
  }

  /// The texts of the maps, each with the directory that it is about, relative to the top and with a "/" at
  /// its end.
  private func maps(
    of ref: PushedRef
  ) throws(DeployError) -> [(directory: [UInt8], text: Result<[UInt8], DeployError>)] {
    if let map {
      guard let text = Paths.contents(Paths.join(top, Array(map.utf8))) else {
        throw .project(ProjectError(.invalidDeployMap, file: map, reason: "the map cannot be read"))
      }
      return [([], .success(text))]
    }
    return try paths(ref.localObject).map { path in
      (Array(path.dropLast(DeployMap.path.utf8.count)), contents(of: path, in: ref.localObject))
    }
  }

  /// The map at `path` of `commit`; a failure where git cannot read it, as in a partial clone whose remote is
  /// away.
  private func contents(of path: ArraySlice<UInt8>, in commit: String) -> Result<[UInt8], DeployError> {
    let name = Array("\(commit):".utf8) + path
    do throws(Git.Failure) {
      return .success(try git.output(["cat-file", "blob"].map { Array($0.utf8) } + [name]))
    } catch {
      let reason = "git cannot read it: " + TerminalText.of(error.message ?? "it gave no answer")
      return .failure(
        .project(ProjectError(.invalidDeployMap, file: TerminalText.utf8(Array(path)), reason: reason)))
    }
  }

  /// The paths of the maps in `commit`.
  private func paths(_ commit: String) throws(DeployError) -> [ArraySlice<UInt8>] {
    do throws(Git.Failure) {
      let listing = try git.output(["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit])
      let name = Array(DeployMap.path.utf8)
      return listing.split(separator: 0).filter { path in
        path.suffix(name.count).elementsEqual(name)
          && (path.count == name.count || path[path.endIndex - name.count - 1] == UInt8(ascii: "/"))
      }
    } catch {
      let reason = "git cannot list \(commit): " + TerminalText.of(error.message ?? "it gave no answer")
      throw .project(ProjectError(.invalidInput, reason: reason))
    }
  }

  /// Whether `error` is about a file of the project, not one of the user's.
  private static func liesInProject(_ error: ProjectError) -> Bool {
    !error.file.isEmpty && !error.file.hasPrefix("/") && !error.file.hasPrefix("~")
  }

  private func target(
    _ wanted: DeployMap.Target, in directory: [UInt8], _ branch: String, _ remote: String,
    _ ref: PushedRef
  ) throws(DeployError) -> DeployJob.Target {
    var place = directory
    if let below = wanted.folder {
      place = Paths.join(place, Array(below.utf8))
      place = followed(place, in: ref.localObject) ?? place
    }
    while place.last == UInt8(ascii: "/") { place.removeLast() }
    let path = Paths.join(top, place)
    var target = DeployJob.Target(
      reference: ref.remoteRef, commit: ref.localObject, branch: branch,
      folder: String(decoding: path, as: UTF8.self), actor: wanted.actor ?? "",
      version: wanted.version?.description ?? "",
      tag: wanted.tag?.description, sourceType: wanted.sourceType,
      builds: wanted.builds, key: "")
    target.place = String(decoding: place, as: UTF8.self)
    target.timeout = wanted.timeout?.seconds
    // What the map leaves open, the commit's own actor.json says.
    let request = try PushRequest(target, follows: true, tool: dependencies.tool)
    let settings: PushSettings
    do throws(DeployError) {
      settings = try PushOperation(request, context) { [events] in events(.deploy($0)) }.settings
    } catch {
      if case .project(let error) = error, !place.isEmpty, Self.liesInProject(error) {
        throw .project(error.below(TerminalText.utf8(place)))
      }
      throw error
    }
    target.actor = settings.reference.description
    target.version = settings.version.description
    target.key = JobStore.key([dependencies.root.description, target.actor, target.version])
    target.tracking = TrackingRef(of: ref.remoteRef, remote: remote, git)
    return target
  }
}

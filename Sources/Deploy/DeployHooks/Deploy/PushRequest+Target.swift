// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Deploy

extension PushRequest {
  /// The push that deploys `target`.
  ///
  /// - Parameter follows: whether the build is followed to its end.
  init(_ target: DeployJob.Target, follows: Bool, tool: String) throws(DeployError) {
    var location = ProjectLocation(Array(target.folder.utf8), revision: target.commit)
    location.top = target.top
    self.init(location, tool: tool)
    branch = target.branch
    form = target.sourceType
    build = target.builds ? .whenChanged : .never
    followsBuild = follows
    timeout = target.timeout.map { .seconds($0) }
    self.target = try VersionTarget(actor: target.actor, version: target.version, tag: target.tag)
  }
}

extension VersionTarget {
  /// A target in words; what is empty comes from actor.json.
  init(actor: String, version: String, tag: String?) throws(DeployError) {
    self.init()
    hasConfiguredTag = true
    if !actor.isEmpty {
      do throws(ActorReferenceError) { self.actor = try ActorReference(actor) } catch {
        throw .project(ProjectError(.invalidInput, reason: "the Actor \(actor): \(error)"))
      }
    }
    if !version.isEmpty {
      do throws(InvalidValue) { self.version = try VersionNumber(version) } catch {
        throw .project(ProjectError(.invalidInput, reason: "the version \(version): \(error)"))
      }
    }
    if let tag {
      do throws(InvalidValue) { self.tag = try BuildTag(tag) } catch {
        throw .project(ProjectError(.invalidInput, reason: "the tag \(JSONFile.shown(tag)): \(error)"))
      }
    }
  }
}

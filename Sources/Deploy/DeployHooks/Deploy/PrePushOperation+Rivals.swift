// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Deploy
internal import SystemIO

extension PrePushOperation {
  /// `job` without the targets that would overwrite each other. These are reported, and kept as a job of
  /// their own that has ended. Blocks.
  ///
  /// - Throws: that there are some, where the push is to stop then.
  func withoutRivals(_ job: DeployJob) throws(HookError) -> DeployJob {
    let rivals = VersionRivals(
      job.targets.map { target in
        // What is no reference is refused later, by the push.
        let actor = (try? ActorReference(target.actor)) ?? .own(name: target.actor)
        return VersionRivals.Claim(
          of: Array("\(target.commit) \(target.folder)".utf8), on: target.version, of: actor, username: nil)
      })
    if rivals.isEmpty { return job }
    var (chosen, left) = (job, job)
    chosen.targets = []
    left.targets = []
    var results: [DeployResult.Target] = []
    for (index, target) in job.targets.enumerated() {
      guard let rival = rivals.rival(of: index) else {
        chosen.targets.append(target)
        continue
      }
      let reason = Self.reason(target, job.targets[rival])
      let isOneName = target.actor == job.targets[rival].actor
      let help =
        "give one of them another version" + (isOneName ? "" : ", or name the account of both Actors")
      let error = Self.error(reason, help)
      if case .stop = response(to: error) {
        throw .deploy(Self.error("\(TerminalText.of(target.actor)) \(target.version): \(reason)", help))
      }
      events(.notDeployed(target, .deploy(error)))
      left.targets.append(target)
      results.append(
        .init(
          target, .failed, "\(reason); neither is deployed", exitCode: Diagnosis(error).status.rawValue))
    }
    keep(left, results)
    return chosen
  }

  private static func error(_ reason: String, _ help: String) -> DeployError {
    .project(ProjectError(.invalidInput, reason: reason, help: help))
  }

  /// What is wrong with `target` beside `rival`.
  private static func reason(_ target: DeployJob.Target, _ rival: DeployJob.Target) -> String {
    let folder = rival.place.map { $0.isEmpty ? "." : $0 } ?? rival.folder
    let place = target.folder == rival.folder ? "" : "\(TerminalText.of(folder)) of "
    return "\(place)\(TerminalText.of(rival.branch)) (\(rival.commit.prefix(12))) would be the same version"
  }
}

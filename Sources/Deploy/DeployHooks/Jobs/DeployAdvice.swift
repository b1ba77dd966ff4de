// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What to do about a target whose deploy came to no end.
package enum DeployAdvice: Sendable, Equatable {
  /// How far the newer push is that came for the same version.
  package enum Progress: Sendable, Equatable {
    /// It is deployed.
    case deployed
    /// A process is at it.
    case running
    /// Neither: it has an advice of its own where it needs one.
    case other
  }

  /// Nothing: a newer push came, of this commit where it is known, and this one would take it back.
  case superseded(by: String?, Progress)
  /// Deploy it by this command line, once the remote has it, which is known or not.
  case deploy(DeployJob.Target, hasArrived: Bool)
}

extension DeployAdvice {
  /// What to do about the target at `index` of `entry`; nil where nothing is left to do.
  ///
  /// - Parameters:
  ///   - entries: all jobs of the repository, the newest first.
  ///   - isNewest: whether no push of another clone has come for the version of the target since.
  ///   - hasArrived: whether this machine knows that the remote has had the push.
  package init?(
    on index: Int, of entry: JobStore.Entry, among entries: [JobStore.Entry],
    isNewest: (DeployJob, DeployJob.Target) -> Bool, hasArrived: (DeployJob.Target) -> Bool
  ) {
    let target = entry.job.targets[index]
    var arrival = DeployResult.Target.Arrival.unknown
    switch entry.state {
    case .running: return nil
    case .lost: break
    case .ended(let result):
      guard result.targets.indices.contains(index), let told = result.targets[index].arrival else {
        return nil
      }
      arrival = told
    }
    for newer in entries.prefix(while: { $0.job.id != entry.job.id }) {
      for (place, other) in newer.job.targets.enumerated() where other.key == target.key {
        guard let progress = newer.progress(of: place) else { continue }
        self = .superseded(by: other.commit, progress)
        return
      }
    }
    guard isNewest(entry.job, target) else {
      self = .superseded(by: nil, .other)
      return
    }
    self = .deploy(
      entry.job.standing(target), hasArrived: arrival == .arrived || hasArrived(target))
  }
}

extension JobStore.Entry {
  /// How far the target at `index` is; nil where the remote has refused it, so that it counts for nothing.
  fileprivate func progress(of index: Int) -> DeployAdvice.Progress? {
    switch state {
    case .running: return .running
    case .lost: return .other
    case .ended(let result):
      guard result.targets.indices.contains(index) else { return .other }
      switch result.targets[index].state {
      case .refused: return nil
      case .deployed, .unchanged: return .deployed
      case .replaced, .failed, .interrupted: return .other
      }
    }
  }
}

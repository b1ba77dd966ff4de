// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import Git
internal import Synchronization
internal import SystemIO

/// The errors that are said on the way, one of an Actor.
final class RefusalLog: Sendable {
  private let list = Mutex<[DeployError]>([])

  var errors: [DeployError] { list.withLock(\.self) }
  func append(_ error: DeployError) { list.withLock { $0.append(error) } }
}

/// What `hook status` says of targets that are not deployed: the hook's own words pass by among the lines of
/// git.
extension PrePushOperation {
  /// Keeps why a push to `remote` is not deployed as far as no target is known, in place of what was kept of
  /// the push before. Blocks.
  func keep(_ errors: [DeployError], of repository: RepositoryLocation, _ remote: String) {
    guard !request.deploysInHook, let state = context.stateDirectory else { return }
    let now = dependencies.now()
    let store = JobStore(state: state, repository: JobStore.place(of: repository))
    // The push goes on without it.
    try? store.keep(errors.map { HookRefusal($0, remote: AddressText.withoutSecrets(remote), at: now) })
  }

  /// Keeps why targets of `job` were left out. Blocks.
  func keep(_ leftOut: [LeftOut], of job: DeployJob) {
    var ended = job
    ended.targets = leftOut.map(\.target)
    keep(
      ended,
      leftOut.map { target, error in
        let diagnosis = Diagnosis(error)
        return DeployResult.Target(
          target, .failed, "\(diagnosis.summary); not deployed", exitCode: diagnosis.status.rawValue)
      })
  }

  /// Keeps that the targets of `job` have ended so, as a job of its own, older than the one that is deployed.
  /// Blocks.
  func keep(_ job: DeployJob, _ results: [DeployResult.Target]) {
    guard let state = context.stateDirectory else { return }
    var ended = job
    ended.id = DeployJob.newID(job.created - 1)
    let store = JobStore(state: state, repository: Array(job.repository.utf8))
    do throws(SystemError) {
      _ = try store.add(ended)
      try store.finish(ended, DeployResult(ended: dependencies.now(), targets: results))
      let log = results.map { "\($0.actor) \($0.version): \($0.message)\n" }.joined()
      try OutputFile.write(Array(log.utf8), to: store.log(of: ended), mode: 0o600)
    } catch {
      // The push goes on without it.
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import Git
internal import SystemIO

/// What `hook status` says of targets that are not deployed: the hook's own words pass by among the lines of
/// git.
extension PrePushOperation {
  /// Keeps why `refs` are not deployed as far as no target is known, in place of what was kept of them
  /// before; with `--in-hook` nothing. Blocks.
  func keep(
    _ refusals: RefusalLog, of refs: [PushedRef], _ repository: RepositoryLocation, _ remote: String
  ) {
    guard let state = context.stateDirectory else { return }
    let (now, remote) = (dependencies.now(), AddressText.withoutSecrets(remote))
    let new = request.deploysInHook ? [] : refusals.refusals
    let store = JobStore(state: state, repository: JobStore.place(of: repository))
    // The push goes on without it.
    try? store.keep(
      new.map { HookRefusal($0.error, of: $0.reference, remote: remote, at: now) },
      of: Set(refs.map(\.remoteRef)), on: remote)
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

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import Git

/// The deploys of one repository, as they stand.
package struct DeployHistory: Sendable {
  /// All that are kept, the newest first.
  package let entries: [JobStore.Entry]
  /// Why the last push was not deployed, as far as no version was known.
  package let refusals: [HookRefusal]
  private let state: [UInt8]?
  private let now: Int
  private let git: Git

  /// The deploys of `repository`. Blocks.
  ///
  /// - Parameters:
  ///   - state: the user's state directory; nil where there is none, and nothing is kept.
  ///   - now: milliseconds since 1970.
  package init(of repository: RepositoryLocation, _ git: Git, in state: [UInt8]?, now: Int) {
    self.state = state
    self.now = now
    self.git = git
    let store = state.map { JobStore(state: $0, repository: JobStore.place(of: repository)) }
    entries = store?.entries(now: now) ?? []
    refusals = store?.refusals ?? []
  }

  /// What to do about the target at `index` of `entry`; nil where nothing is left to do. Blocks.
  package func advice(on index: Int, of entry: JobStore.Entry) -> DeployAdvice? {
    DeployAdvice(
      on: index, of: entry, among: entries,
      isNewest: { job, target in
        state.map { DeployLock.isNewest(job.id, for: target.key, in: $0, now: now) } ?? true
      }, hasArrived: { $0.tracking?.hasPassed($0.commit, git) ?? false })
  }
}

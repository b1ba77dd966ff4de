// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SourcePackage

extension SourceComparison.Base {
  /// What `remote` says about where it comes from, as far as `history` can tell: where nothing is remembered,
  /// in a fresh clone or in CI, it is the base of what was changed here and there. Blocks.
  init(_ remote: RemoteVersion, _ history: CommitHistory) {
    self = .unknown
    guard let provenance = remote.provenance, let commit = provenance.commit, let manifest = remote.manifest
    else { return }
    if manifest.digest == provenance.digest {
      // Unchanged since. Of uncommitted work the commit says too little.
      guard !provenance.isDirty, let isKnown = history.contains(commit) else { return }
      self = isKnown ? .manifest(manifest) : .elsewhere(commit: commit, branch: provenance.branch)
    } else if !provenance.isDirty, history.contains(commit) != nil,
      let then = history.manifest(of: commit, isZip: remote.sourceType == .tarball),
      then.digest == provenance.digest
    {
      self = .manifest(then)
    } else {
      self = .lost
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SourcePackage

extension SourceComparison.Base {
  /// What the history of the project can tell of `remote`: whether its files come from a commit that led to
  /// the package, by what the version says about itself, or else by the files of the last commits. Blocks.
  init(_ remote: RemoteVersion, _ history: CommitHistory) {
    guard let manifest = remote.manifest else {
      self = .unknown(.noCommit)
      return
    }
    guard let provenance = remote.provenance, let commit = provenance.commit else {
      self = Self.byContents(remote, manifest, history)
      return
    }
    let isKnown = history.contains(commit)
    if manifest.digest == provenance.digest {
      // Unchanged since. Of uncommitted work the commit says too little.
      if provenance.isDirty {
        self = Self.byContents(remote, manifest, history, gap: .uncommitted)
      } else if let isKnown {
        self = isKnown ? .manifest(manifest) : .elsewhere(commit: commit, branch: provenance.branch)
      } else if history.isShallow {
        self = .unknown(.shallow)
      } else {
        self = .elsewhere(commit: commit, branch: provenance.branch)
      }
    } else if !provenance.isDirty, isKnown != nil,
      let then = history.manifest(of: commit, isZip: remote.sourceType == .tarball),
      then.digest == provenance.digest
    {
      self = .manifest(then)
    } else {
      self = .lost
    }
  }

  /// Looks for the version's files among those of the last commits: what one of them holds was not edited on
  /// the platform.
  private static func byContents(
    _ remote: RemoteVersion, _ manifest: Manifest, _ history: CommitHistory, gap: Gap = .noCommit
  ) -> Self {
    if history.last(holding: manifest, isZip: remote.sourceType == .tarball) != nil {
      return .manifest(manifest)
    }
    return .unknown(history.isShallow ? .shallow : gap)
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

extension Push {
  /// The tag that the last push gave the builds of `remote`; nil where none is known.
  ///
  /// This machine's memory knows it. Where that knows nothing, the version says what its last push gave, from
  /// wherever that was, which does not stop one that asks for another tag. What a commit that led to the
  /// package has given counts like what was given from here.
  func givenTag(_ remote: RemoteVersion?, _ remembered: RememberedVersion?) async -> String? {
    let told = remote?.provenance?.buildTag
    guard let own = remembered?.tag else { return settings.asksForTag ? nil : told }
    guard let remote, let told, told == remote.buildTag, told != own,
      let commit = remote.provenance?.commit, let history = settings.history
    else { return own }
    let isOurs = await Threads.run { history()?.contains(commit) == true }
    return isOurs ? told : own
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

extension Push {
  /// The tag that the last push gave the builds of `remote`; nil where none is known.
  ///
  /// This machine's memory knows it, or that of the directory, which has pulled it. Where that knows nothing,
  /// the version says what its last push gave, from wherever that was, which does not stop one that asks for
  /// another tag. What a commit that led to the package has given counts like what was given from here.
  func givenTag(
    _ remote: RemoteVersion?, _ remembered: RememberedVersion?, _ user: Account, _ actor: ApifyActor
  ) async -> String? {
    let own =
      settings.directory?.commonTag(
        remembered, of: key(actor.id), current: remote?.buildTag, wanted: settings.tagName)
      ?? remembered?.tag
    guard let remote, own != nil || !settings.asksForTag else { return own }
    // Where the tag stays, it is no matter who gave it.
    guard let wanted = settings.tagName, wanted != remote.buildTag else {
      return own ?? remote.provenance?.buildTag
    }
    let told = await TagRecord.givenTag(
      of: remote, number: number, actor, owner: user.username, on: platform)
    guard let own else { return told }
    guard let told, told == remote.buildTag, told != own, let commit = remote.provenance?.commit,
      let history = settings.history
    else { return own }
    let isOurs = await Threads.run { history()?.contains(commit) == true }
    return isOurs ? told : own
  }

  /// The tag that the package of `plan` says it was given: what this push gives, or, where it gives none,
  /// what the last one has given.
  func toldTag(_ plan: PushPlan) async -> String? {
    if let tag = settings.tagName { return tag }
    guard let remote = plan.remote, let told = remote.provenance?.buildTag, told != remote.buildTag,
      let actor = plan.actor
    else { return plan.remote?.provenance?.buildTag }
    return await TagRecord.givenTag(
      of: remote, number: number, actor, owner: plan.user.username, on: platform)
  }

  /// Leaves a record of the tag that `plan`, which has been carried out, gave where it sent no package that
  /// says it.
  func shareTag(_ plan: PushPlan, _ outcome: Outcome) async {
    guard !plan.sendsSource, let tag = plan.tagChange?.after, let provenance = plan.remote?.provenance,
      provenance.buildTag != nil
    else { return }
    await TagRecord.write(
      tag, digest: provenance.digest, number: number, actor: outcome.actorID,
      owner: plan.user.username, on: platform)
  }
}

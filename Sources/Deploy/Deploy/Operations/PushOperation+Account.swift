// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SystemIO

extension PushOperation {
  /// What is known of the account that a bare name in actor.json means; nil where the Actor is named in full,
  /// or nothing is remembered.
  func accounts(_ platform: any Platform) -> AccountMemory? {
    guard case .own = settings.reference, let state = context.stateDirectory else { return nil }
    return AccountMemory(project.location, root: platform.root.description, in: state)
  }

  /// A bare name is the name of another Actor with another's token.
  ///
  /// - Throws: `otherAccount`, unless the request allows that, or names the Actor in full.
  func checkAccount(_ plan: PushPlan, _ platform: any Platform) throws(DeployError) {
    if request.switchesAccount { return }
    guard let known = accounts(platform)?.recall(), known.id != plan.user.id else { return }
    throw .otherAccount(known, token: plan.user, actor: settings.ownName(plan.user) ?? plan.actorName)
  }
}

extension AccountMemory {
  /// Keeps the account that `plan` was carried out for.
  func keep(_ plan: PushPlan) { keep(plan.user) }
}

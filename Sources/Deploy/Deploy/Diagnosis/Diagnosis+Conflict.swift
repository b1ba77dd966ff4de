// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

extension Diagnosis {
  /// A push would destroy changes of others; the details name the files.
  init(_ conflict: Conflict, _ plan: PushPlan) {
    let options = plan.settings.versionOptions
    if case .createdMeanwhile = conflict.reason {
      self.init(
        type: "conflict", message: conflict.cause(plan),
        help: "push\(plan.settings.pushOptions) again, which looks at what is there now",
        status: .conflict, phase: "platform")
      details = conflict.lines
      return
    }
    let wayOut =
      switch conflict.reason {
      case .otherSource: ""
      case .lacksPulled:
        plan.settings.revision == nil
          ? "actorpush pull\(options) brings it again; check out or merge the branch that has it, or "
          : "commit what was pulled, and push that, or "
      // What a map, an option or the default gives, actor.json does not change.
      case .buildTag(let tag) where plan.settings.buildTag != plan.settings.configuration?.buildTag:
        tag.map { "keep it with --tag \(ShellText.word($0)) or in the deploy map, or " } ?? ""
      case .buildTag(nil): "take \"buildTag\" out of actor.json, or "
      case .variables(let names, _) where Self.areTakenForSecrets(names, plan.remote):
        "actor.json has no way to say a value that begins with @: take them out of it, and what others set stays, or "
      case .variables, .buildTag:
        "actorpush pull\(options) --write-config takes the new value over into actor.json "
          + "(--theirs, too, where that has another one than before), or "
      // There is nothing to be merged with.
      case _ where plan.remote?.isGone == true:
        "its zip is gone from the store, and nothing can be built of it: "
      default:
        "actorpush pull\(options) merges it into the files here (actorpush diff\(options) compares), or "
      }
    let mending = conflict.hidesHistory ? conflict.obstacle.flatMap { Diagnosis(.tree($0)).help } : nil
    self.init(
      type: "conflict", message: conflict.cause(plan),
      help: (mending.map { $0 + ", or " } ?? "") + wayOut
        + "push\(plan.settings.pushOptions) --force to overwrite it",
      status: .conflict, phase: "platform")
    details = conflict.lines
  }

  /// Whether others gave the variables `names` plain values that actor.json takes for names of secrets.
  private static func areTakenForSecrets(_ names: [String], _ remote: RemoteVersion?) -> Bool {
    (remote?.variables ?? []).contains { variable in
      names.contains(variable.name) && variable.isSecret != true
        && variable.value.map(ActorConfiguration.Variable.namesSecret) == true
    }
  }

  /// Another push came in between.
  init(_ overtaking: Push.Overtaking, _ plan: PushPlan) {
    let version = "version \(plan.settings.version) of \(TerminalText.of(plan.actorName))"
    let message =
      switch overtaking {
      case .built: "another push came in between: what was built of \(version) is not what was sent from here"
      case .replaced:
        "another push came in between: \(version) was built from these files, but holds others now"
      case .replacedUnbuilt: "another push came in between: \(version) holds other files than these"
      }
    let options = plan.settings.versionOptions
    self.init(
      type: "conflict", message: message,
      help: "actorpush pull\(options) merges it into the files here (actorpush diff\(options) compares)",
      status: .conflict, phase: "verification")
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import SourcePackage

@testable import Deploy

/// One situation of a push.
struct Situation: CustomStringConvertible {
  var remote: RemoteState
  var local: ProjectState
  var form = SourceType.sourceFiles
  var base: BaseState
  var variables = VariableState.same
  var tag = TagState.same
  var isForced = false

  var description: String {
    "remote \(remote), local \(local) \(form.rawValue), base \(base), variables \(variables), tag \(tag)"
      + (isForced ? ", forced" : "")
  }

  /// What the program decides, as the tables have it.
  func verdict() throws -> Verdict {
    let decision = try decision()
    return Verdict(
      decision.action, decision.conflict.map { Objection($0.reason) }, sends: decision.sendsSource)
  }

  /// What the program decides.
  func decision() throws -> PushDecision {
    PushDecision(
      PushDecision.Facts(
        local: PackageFacts(
          manifest: try local.manifest(), sourceType: form),
        remote: try remote.version(tag: "latest", variables: variables.current),
        hasActor: remote != .noActor, base: try base.base(),
        variables: variables.difference(), buildTag: tag.wanted, isForced: isForced))
  }
}

/// What a decision is reduced to in the tables.
struct Verdict: Equatable, CustomStringConvertible {
  let action: PushPlan.Action
  let objection: Objection?
  let sendsSource: Bool

  init(_ action: PushPlan.Action, _ objection: Objection? = nil, sends: Bool) {
    (self.action, self.objection, sendsSource) = (action, objection, sends)
  }

  var description: String {
    "\(action)\(objection.map { " but \($0)" } ?? "")\(sendsSource ? ", sends the source" : "")"
  }
}

/// Why a push would destroy the work of others, without the particulars.
enum Objection: String {
  case source, changed, unknown, history, directory, meanwhile, variables, tag, pulled

  init(_ reason: Conflict.Reason) {
    self =
      switch reason {
      case .otherSource: .source
      case .changedSince: .changed
      case .unknownOrigin: .unknown
      case .otherHistory: .history
      case .otherDirectory: .directory
      case .lacksPulled: .pulled
      case .changedMeanwhile, .createdMeanwhile: .meanwhile
      case .variables: .variables
      case .buildTag: .tag
      }
  }
}

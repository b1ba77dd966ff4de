// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Checks
internal import SourcePackage
internal import SourceTree

extension PushOperation {
  /// Says what `actorpush check` finds in the package, but for notes.
  ///
  /// - Throws: `checksFailed` where the push is strict.
  func check(
    _ plan: Plan, _ survey: ContentSurvey, isZip: Bool, _ events: DeployEvents
  ) throws(DeployError) {
    var checked = CheckSettings(settings, request.target)
    checked.levels = try project.checkLevels()
    checked.form = isZip ? .zip : .files
    let findings = project.checked(plan, survey).findings(checked).filter { $0.severity > .note }
    for finding in findings { events(.found(finding)) }
    if request.isStrict, !findings.isEmpty { throw .checksFailed(findings) }
  }
}

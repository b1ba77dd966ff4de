// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Checks
internal import SourcePackage
internal import SourceTree

extension PushOperation {
  /// What `actorpush check` finds in the package that goes in `form`, but for notes; and why files go as a
  /// zip.
  func findings(
    _ plan: Plan, _ survey: ContentSurvey, _ form: SourceChoice
  ) throws(DeployError) -> [Finding] {
    var checked = CheckSettings(settings, request.target)
    checked.levels = try project.checkLevels()
    checked.form = form
    return project.onDisk(project.checked(plan, survey).findings(checked)).filter {
      $0.severity > .note || $0.asksForZip
    }
  }

  /// Says `findings`.
  ///
  /// - Throws: `checksFailed` where the push is strict.
  func report(_ findings: [Finding], _ events: DeployEvents) throws(DeployError) {
    for finding in findings { events(.found(finding)) }
    let serious = findings.filter { $0.severity > .note }
    if request.isStrict, !serious.isEmpty { throw .checksFailed(serious) }
  }
}

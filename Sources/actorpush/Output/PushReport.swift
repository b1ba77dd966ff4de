// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Deployment

/// What push says in JSON.
struct PushReport: Report {
  struct ActorReport: Encodable {
    let id: String?
    let name: String
    let url: String?
  }

  struct Timings: Encodable {
    let packageMilliseconds: Int
    let totalMilliseconds: Int
  }

  let ok = true
  let operation = PushCommand.operation
  let actor: ActorReport
  let version: String
  let buildTag: String?
  let action: String
  let dryRun: Bool
  let package: PackageReport
  let timings: Timings

  init(
    _ plan: PushPlan, id: String?, _ document: PreparedPackage, root: APIRoot, isDryRun: Bool,
    packed: Duration,
    total: Duration
  ) {
    actor = ActorReport(
      id: id, name: plan.actorName,
      url: root == .apify
        ? id.map { "https://console.apify.com/actors/\($0)" } : id.map { "\(root)/v2/actors/\($0)" })
    version = plan.settings.version.description
    buildTag = plan.settings.buildTag
    action = plan.action.rawValue
    dryRun = isDryRun
    package = PackageReport(
      document.summary, sourceType: document.sourceType.rawValue, payloadBytes: document.payloadBytes)
    timings = Timings(
      packageMilliseconds: Int(packed / .milliseconds(1)), totalMilliseconds: Int(total / .milliseconds(1)))
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Deploy
internal import SourcePackage

/// What push says in JSON: all that is known, however it ended.
struct PushReport: Report {
  struct ActorReport: Encodable, Sendable {
    var id: String?
    var name: String?
    var url: String?
  }

  struct BuildReport: Encodable, Sendable {
    let id: String
    let number: String?
    let status: String
    let url: String?
  }

  struct VariablesReport: Encodable, Sendable {
    let added: [String]
    let changed: [String]
    let removed: [String]
    /// Secrets that are sent because nobody can tell whether they have the same value.
    let unknown: [String]
  }

  struct Timings: Encodable, Sendable {
    var packageMilliseconds = 0
    var totalMilliseconds = 0
  }

  private(set) var ok = true
  let operation = PushCommand.operation
  private(set) var actor = ActorReport()
  private(set) var account: String?
  let version: String
  let buildTag: String?
  private(set) var action: String?
  let dryRun: Bool
  var package: PackageReport?
  private(set) var changes: ChangesReport?
  private(set) var environmentVariables: VariablesReport?
  private(set) var build: BuildReport?
  var timings = Timings()
  private(set) var error: FailureReport.Cause?
  private(set) var exitCode: Int32 = 0
  /// The last lines of the build's log; they are shown where it fails.
  var logTail: [String] = []

  private enum CodingKeys: CodingKey {
    case ok, operation, actor, account, version, buildTag, action, dryRun, package, changes
    case environmentVariables, build, timings, error, exitCode
  }

  init(_ settings: PushSettings, isDryRun: Bool) {
    actor.name = settings.reference.description
    version = settings.version.description
    buildTag = settings.buildTag
    dryRun = isDryRun
  }

  /// What was found out before anything was done.
  mutating func add(_ plan: PushPlan, root: APIRoot) {
    account = plan.user?.username
    action = plan.action.rawValue
    actor.name = plan.actorName
    package = PackageReport(plan.package)
    package?.unchanged =
      plan.difference?.changes.isEmpty == true && plan.remote?.sourceType == plan.package.sourceType
    if let difference = plan.difference { changes = ChangesReport(difference) }
    let variables = plan.variables
    environmentVariables = VariablesReport(
      added: variables.added, changed: variables.changed, removed: variables.removed,
      unknown: variables.unknown)
    if let id = plan.actor?.id { setActor(id, root: root, plan) }
  }

  mutating func setActor(_ id: String, root: APIRoot, _ plan: PushPlan) {
    actor.id = id
    actor.url =
      root == .apify
      ? ConsoleAddress.actor(id, organizationID: plan.organizationID) : "\(root)/v2/actors/\(id)"
  }

  mutating func add(_ build: Build, _ actorID: String, root: APIRoot, _ plan: PushPlan) {
    self.build = BuildReport(
      id: build.id, number: build.buildNumber, status: build.status.rawValue,
      url: root == .apify
        ? ConsoleAddress.actor(actorID, build: build.buildNumber, organizationID: plan.organizationID)
        : "\(root)/v2/actor-builds/\(build.id)")
  }

  mutating func fail(with failure: Failure) {
    ok = false
    error = .init(failure, logTail: failure.phase == "build" ? logTail : nil)
    exitCode = failure.status.rawValue
  }
}

/// Files that differ, by how.
struct ChangesReport: Encodable, Sendable {
  struct Change: Encodable, Sendable {
    let name: String
    var oldBytes: Int?
    var newBytes: Int?
  }

  private(set) var added: [Change] = []
  private(set) var changed: [Change] = []
  private(set) var removed: [Change] = []

  init(_ difference: ManifestDifference) {
    for change in difference.files {
      let entry = Change(
        name: String(decoding: change.name, as: UTF8.self), oldBytes: change.old?.byteCount,
        newBytes: change.new?.byteCount)
      switch change.kind {
      case .added: added.append(entry)
      case .changed, .mode: changed.append(entry)
      case .removed: removed.append(entry)
      }
    }
  }
}

extension PackageReport {
  init(_ package: PreparedPackage) {
    self.init(package.summary, sourceType: package.sourceType.rawValue, payloadBytes: package.payloadBytes)
  }
}

extension PushPlan {
  /// Of an organisation's Actor, whose it is.
  var organizationID: String? {
    guard let user, user.isOrganization, actor?.userID == nil || actor?.userID == user.id else { return nil }
    return user.id
  }
}

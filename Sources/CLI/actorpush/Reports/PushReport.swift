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
    /// Secrets that are sent because their value cannot be compared.
    let unknown: [String]
    /// Variables that others have set, and secrets whose value is not here: they stay.
    let kept: [String]
  }

  struct Timings: Encodable, Sendable {
    var packageMilliseconds = 0
    var totalMilliseconds = 0
  }

  let ok: Bool
  let operation = PushCommand.operation
  let actor: ActorReport
  let account: String?
  let version: String
  let buildTag: String?
  let action: String?
  let dryRun: Bool
  let package: PackageReport?
  let changes: ChangesReport?
  let environmentVariables: VariablesReport?
  let build: BuildReport?
  let timings: Timings
  let warnings: [String]
  let error: FailureReport.Cause?
  let exitCode: Int32

  private enum CodingKeys: CodingKey {
    case ok, operation, actor, account, version, buildTag, action, dryRun, package, changes
    case environmentVariables, build, timings, warnings, error, exitCode
  }

  /// The report of `outcome`, which failed for the reason `diagnosis`.
  init(_ outcome: PushOutcome, _ diagnosis: Diagnosis?, root: APIRoot, warnings: [String]) {
    self.warnings = warnings
    let plan = outcome.plan
    ok = diagnosis == nil
    actor = ActorReport(
      id: outcome.actorID, name: plan?.actorName ?? outcome.settings.reference.description,
      url: outcome.actorURL(root))
    account = plan?.user?.username
    version = outcome.settings.version.description
    buildTag = outcome.settings.buildTag
    action = plan?.action.rawValue
    dryRun = outcome.isDryRun
    var package = outcome.package.map { PackageReport($0) }
    if let plan {
      package?.unchanged =
        plan.difference?.changes.isEmpty == true && plan.remote?.sourceType == plan.package.sourceType
    }
    self.package = package
    changes = plan?.difference.map { ChangesReport($0) }
    environmentVariables = plan.map { VariablesReport($0.variables) }
    build = outcome.build.map { build in
      BuildReport(
        id: build.id, number: build.buildNumber, status: build.status.rawValue, url: outcome.buildURL(root))
    }
    timings = Timings(
      packageMilliseconds: Int(outcome.packageTime / .milliseconds(1)),
      totalMilliseconds: Int(outcome.duration / .milliseconds(1)))
    error = diagnosis.map { diagnosis in
      .init(diagnosis, logTail: diagnosis.phase == "build" ? outcome.ending?.logTail ?? [] : nil)
    }
    exitCode = diagnosis?.status.rawValue ?? 0
  }
}

extension PushReport.VariablesReport {
  init(_ variables: VariableDifference) {
    self.init(
      added: variables.added, changed: variables.changed, removed: variables.removed,
      unknown: variables.unknown, kept: (variables.kept + variables.keptSecrets).sorted())
  }
}

extension PackageReport {
  init(_ package: PreparedPackage) {
    self.init(package.summary, sourceType: package.sourceType.rawValue, payloadBytes: package.payloadBytes)
  }
}

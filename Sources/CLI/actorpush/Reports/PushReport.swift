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
    /// Those of the changed and removed ones that others have changed since the last push from here.
    let contested: [String]
    /// Variables that others have set, and secrets whose value is not here: they stay.
    let kept: [String]
  }

  /// A push to a tag of its own.
  struct CandidateReport: Encodable, Sendable {
    struct Run: Encodable, Sendable {
      let id: String
      let status: String
      let exitCode: Int?
      let url: String?
    }

    let tag: String
    let run: Run?
    /// The tag that moves to it.
    let target: String
    /// The number of the build that the target pointed at before.
    let before: String?
    let promoted: Bool
  }

  /// What the platform holds now.
  struct PlatformReport: Encodable, Sendable {
    /// `unchanged`, `created` or `unknown`.
    let actor: String
    /// `unchanged`, `created`, `updated` or `unknown`.
    let version: String
    /// `none`, `unknown`, or the status of the build that was seen last.
    let build: String
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
  let candidate: CandidateReport?
  let platform: PlatformReport
  let timings: Timings
  let warnings: [String]
  let error: FailureReport.Cause?
  let exitCode: Int32

  private enum CodingKeys: CodingKey {
    case ok, operation, actor, account, version, buildTag, action, dryRun, package, changes
    case environmentVariables, build, candidate, platform, timings, warnings, error, exitCode
  }

  /// The report of `outcome`, which failed for the reason `diagnosis`.
  init(_ outcome: PushOutcome, _ diagnosis: Diagnosis?, root: APIRoot, warnings: [String]) {
    self.warnings = warnings
    let plan = outcome.plan
    ok = diagnosis == nil
    actor = ActorReport(
      id: outcome.actorID, name: plan?.actorName ?? outcome.settings.reference.description,
      url: outcome.actorURL(root))
    account = plan?.user.username
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
    changes = plan.flatMap { plan in plan.difference.map { ChangesReport($0, side: plan.sides) } }
    environmentVariables = plan.map { VariablesReport($0.variables) }
    build = outcome.build.map { build in
      BuildReport(
        id: build.id, number: build.buildNumber, status: build.status.rawValue, url: outcome.buildURL(root))
    }
    candidate = outcome.candidate.map { candidate in
      let run = candidate.run.map { run in
        CandidateReport.Run(
          id: run.id, status: run.status.rawValue, exitCode: run.exitCode,
          url: outcome.pages(root)?.run(run))
      }
      return CandidateReport(
        tag: candidate.tag, run: run, target: candidate.target, before: candidate.before,
        promoted: candidate.isPromoted)
    }
    platform = PlatformReport(outcome)
    timings = Timings(
      packageMilliseconds: Int(outcome.packageTime / .milliseconds(1)),
      totalMilliseconds: Int(outcome.duration / .milliseconds(1)))
    error = diagnosis.map { diagnosis in
      let tails = ["build": outcome.ending?.logTail ?? [], "run": outcome.candidate?.ending?.logTail ?? []]
      return .init(diagnosis, logTail: tails[diagnosis.phase])
    }
    exitCode = diagnosis?.status.rawValue ?? 0
  }
}

extension PushPlan {
  /// Who has changed the file `name` since the common base; nil where there is none. Without a conflict the
  /// version is the base.
  fileprivate var sides: (_ name: [UInt8]) -> String? {
    guard let conflict else { return { _ in "here" } }
    guard let theirs = conflict.theirs, let ours = conflict.ours else { return { _ in nil } }
    let (platform, here) = (Set(theirs.changes.map(\.name)), Set(ours.changes.map(\.name)))
    return { name in
      switch (here.contains(name), platform.contains(name)) {
      case (true, true): "both"
      case (true, false): "here"
      case (false, true): "platform"
      case (false, false): nil
      }
    }
  }
}

extension PushReport.VariablesReport {
  init(_ variables: VariableDifference) {
    self.init(
      added: variables.added, changed: variables.changed, removed: variables.removed,
      unknown: variables.unknown, contested: variables.contested,
      kept: (variables.kept + variables.keptSecrets).sorted())
  }
}

extension PushReport.PlatformReport {
  fileprivate init(_ outcome: PushOutcome) {
    let progress = outcome.progress
    func word(_ change: PushProgress.Change, _ done: String) -> String {
      switch change {
      case .none: "unchanged"
      case .done: done
      case .unknown: "unknown"
      }
    }
    actor = word(progress[.actor], "created")
    version = word(progress[.version], outcome.plan?.action == .update ? "updated" : "created")
    build = progress[.build] == .unknown ? "unknown" : outcome.build?.status.rawValue ?? "none"
  }
}

extension PackageReport {
  init(_ package: PreparedPackage) {
    self.init(package.summary, sourceType: package.sourceType.rawValue, payloadBytes: package.payloadBytes)
  }
}

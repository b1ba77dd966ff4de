// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Deploy
internal import SourcePackage

/// What push says in JSON: all that is known, however it ended.
struct PushReport: ReportContent {
  struct VariablesReport: Encodable, Sendable {
    let added: [String]
    /// Those of the added ones that others have removed since the last push from here.
    let restored: [String]
    let changed: [String]
    /// Those of the changed ones that were secrets, and are none any longer.
    let exposed: [String]
    let removed: [String]
    /// Secrets that are sent because their value cannot be compared.
    let unknown: [String]
    /// Those of the changed and removed ones that others have changed since the last push from here.
    let contested: [String]
    /// Variables that others have set, and secrets whose value is not here: they stay.
    let kept: [String]
    /// Variables of an earlier push that stay: actor.json has no "environmentVariables" any longer.
    let undeclared: [String]
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
    let targetTag: String
    /// The build that the target pointed at before.
    let previousBuild: BuildReport?
    /// Whether the target has moved; nil where that is not known.
    let promoted: Bool?
  }

  /// What the platform holds now.
  struct PlatformReport: Encodable, Sendable {
    /// `unchanged`, `created` or `unknown`.
    let actorState: String
    /// `unchanged`, `created`, `updated` or `unknown`.
    let versionState: String
    /// `none`, `unknown`, or the status of the build that was seen last.
    let buildState: String
  }

  struct Timings: Encodable, Sendable {
    let packageMilliseconds: Int
    let totalMilliseconds: Int
  }

  let actor: ActorReport
  let account: String?
  let version: String
  let tag: String?
  let action: String?
  let dryRun: Bool
  let package: PackageReport?
  let changes: [ChangeReport]?
  let variableChanges: VariablesReport?
  let build: BuildReport?
  /// What becomes of the build of a version that needs no change.
  let buildDecision: String?
  /// Whether it is known that an up-to-date build has the variables that the version has.
  let buildVariablesKnown: Bool?
  /// The build that the tag points at, where that is another one.
  let taggedBuild: BuildReport?
  let candidate: CandidateReport?
  let platform: PlatformReport
  let timings: Timings

  /// The report of `outcome`.
  init(_ outcome: PushOutcome, root: APIRoot) {
    let plan = outcome.plan
    actor = ActorReport(
      id: outcome.actorID, name: plan?.actorName ?? outcome.settings.reference.description,
      url: outcome.actorURL(root))
    account = plan?.user.username
    version = outcome.settings.version.description
    tag = outcome.settings.buildTag?.description
    action = plan?.action.rawValue
    dryRun = outcome.isDryRun
    var package = outcome.package.map { PackageReport($0) }
    if let plan {
      package?.unchanged =
        plan.difference?.changes.isEmpty == true && plan.remote?.sourceType == plan.package.sourceType
    }
    self.package = package
    changes = plan.flatMap { plan in plan.difference.map { ChangeReport.list($0, side: plan.sides) } }
    variableChanges = plan.map { VariablesReport($0.variables) }
    build = outcome.build.map { BuildReport($0, url: outcome.buildURL(root)) }
    buildDecision = outcome.decision.map { decision in
      switch decision {
      case .upToDate: "up-to-date"
      case .follow: "follow"
      case .build: "build"
      case .tagElsewhere: "tag-elsewhere"
      }
    }
    buildVariablesKnown =
      if case .upToDate(_, let knowsSettings)? = outcome.decision { knowsSettings } else { nil }
    taggedBuild =
      if case .tagElsewhere(_, let number?, _)? = outcome.decision { BuildReport(number: number) } else {
        nil
      }
    candidate = outcome.candidate.map { candidate in
      let run = candidate.run.map { run in
        CandidateReport.Run(
          id: run.id, status: run.status.rawValue, exitCode: run.exitCode,
          url: outcome.pages(root)?.run(run))
      }
      return CandidateReport(
        tag: candidate.tag, run: run, targetTag: candidate.target,
        previousBuild: candidate.before.map { BuildReport(number: $0) },
        promoted: outcome.progress[.tag] == .unknown ? nil : candidate.isPromoted)
    }
    platform = PlatformReport(outcome)
    timings = Timings(
      packageMilliseconds: Int(outcome.packageTime / .milliseconds(1)),
      totalMilliseconds: Int(outcome.duration / .milliseconds(1)))
  }
}

extension PushOutcome {
  /// The last lines of the log that says why it failed; nil where no build and no run has failed.
  func logTail(of diagnosis: Diagnosis) -> [String]? {
    switch diagnosis.phase {
    case "build": ending?.logTail ?? []
    case "run": candidate?.ending?.logTail ?? []
    default: nil
    }
  }
}

extension PushPlan {
  /// Who has changed the file `name` since the common base; nil where there is none. Without a conflict the
  /// version's files are the base.
  fileprivate var sides: (_ name: [UInt8]) -> String? {
    guard
      let conflict = ([conflict] + overwritten).lazy.compactMap(\.self).first(where: { $0.difference != nil })
    else { return { _ in "here" } }
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
      added: variables.added, restored: variables.restored, changed: variables.changed,
      exposed: variables.exposed,
      removed: variables.removed, unknown: variables.unknown, contested: variables.contested,
      kept: (variables.kept + variables.keptSecrets).sorted(), undeclared: variables.undeclared)
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
    actorState = word(progress[.actor], "created")
    // Variables are set before the version is changed.
    let version = progress[.version] == .none ? progress[.variable] : progress[.version]
    versionState = word(version, outcome.plan?.action == .update ? "updated" : "created")
    buildState = progress[.build] == .unknown ? "unknown" : outcome.build?.status.rawValue ?? "none"
  }
}

extension PackageReport {
  init(_ package: PreparedPackage) {
    self.init(package.summary, sourceType: package.sourceType.rawValue, payloadBytes: package.payloadBytes)
  }
}

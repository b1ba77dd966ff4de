// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import DeployHooks
internal import FoundationEssentials
internal import SystemIO

/// What hook status says in JSON.
struct HookStatusReport: ReportContent {
  /// One version of one Actor, and how its deploy ended where it has.
  struct Target: Encodable, Sendable {
    let actor: ActorReport
    let version: String
    let commit: String
    var branch: String?
    var reference: String?
    var directory: String?
    var tag: String?
    var state: String?
    var message: String?
    /// What to do where the deploy came to no end.
    var help: String?
    var exitCode: Int32?
    var url: String?
  }

  /// What one push deploys.
  struct Deploy: Encodable, Sendable {
    let id: String
    let createdAt: String
    let finishedAt: String?
    /// `running`, `ended`, or `lost` where its process is gone.
    let state: String
    let remote: String
    let targets: [Target]
    /// The same targets, as they ended.
    let results: [Target]?
    let logFile: String
  }

  /// Why the last push was not deployed, as far as no version was known.
  struct Refusal: Encodable, Sendable {
    let createdAt: String
    let remote: String
    let reference: String
    let message: String
    let help: String?
  }

  let hook: HookReport
  let deploys: [Deploy]
  let refusals: [Refusal]

  init(_ location: HookLocation, _ obstacle: HookObstacle?, _ history: DeployHistory) {
    hook = HookReport(state: location, obstacle)
    refusals = history.refusals.map {
      Refusal(
        createdAt: Deploy.time($0.created), remote: $0.remote, reference: $0.reference,
        message: $0.message, help: $0.help)
    }
    deploys = history.entries.map { entry in
      Deploy(entry) { index in
        history.advice(on: index, of: entry).map { HookText.text($0, entry.job) }
      }
    }
  }
}

extension HookStatusReport.Deploy {
  /// - Parameter help: what to do about a target, by its index.
  init(_ entry: JobStore.Entry, help: (Int) -> String?) {
    let (state, result): (String, DeployResult?) =
      switch entry.state {
      case .running: ("running", nil)
      case .lost: ("lost", nil)
      case .ended(let result): ("ended", result)
      }
    self.init(
      id: entry.job.id, createdAt: Self.time(entry.job.created),
      finishedAt: result.map { Self.time($0.ended) },
      state: state, remote: entry.job.remote,
      targets: entry.job.targets.enumerated().map { index, target in
        HookStatusReport.Target(target, help: result == nil ? help(index) : nil)
      },
      results: result?.targets.enumerated().map { index, ended in
        HookStatusReport.Target(ended, help: help(index))
      }, logFile: TerminalText.utf8(entry.log))
  }

  /// `milliseconds` since 1970, in the form of ISO 8601.
  fileprivate static func time(_ milliseconds: Int) -> String {
    Date(timeIntervalSince1970: Double(milliseconds) / 1000)
      .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}

extension HookStatusReport.Target {
  init(_ target: DeployJob.Target, help: String?) {
    self.init(
      actor: ActorReport(name: target.actor), version: target.version, commit: target.commit,
      branch: target.branch, reference: target.reference, directory: target.folder, tag: target.tag,
      help: help)
  }

  init(_ ended: DeployResult.Target, help: String?) {
    self.init(
      actor: ActorReport(name: ended.actor), version: ended.version, commit: ended.commit,
      state: ended.state.rawValue, message: ended.message, help: help, exitCode: ended.exitCode,
      url: ended.url)
  }
}

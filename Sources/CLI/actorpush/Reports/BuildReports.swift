// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy
internal import SourcePackage

/// A build in JSON.
struct BuildEntryReport: Encodable, Sendable {
  let id: String
  let number: String?
  let status: String
  let tags: [String]
  let sourceType: String?
  let digest: String?
  let provenance: ProvenanceReport?
  let startedAt: String?
  let finishedAt: String?
  let ageMilliseconds: Int?
  let durationMilliseconds: Int?
  let url: String

  init(_ description: BuildDescription, _ pages: PlatformPages, now: Int) {
    let build = description.build
    id = build.id
    number = build.buildNumber
    status = build.status.rawValue
    tags = description.tags
    sourceType = description.sourceType?.rawValue
    digest = description.digest
    provenance = description.provenance.map(ProvenanceReport.init)
    startedAt = build.startedAt
    finishedAt = build.finishedAt
    ageMilliseconds = description.age(now: now).map { Int($0 / .milliseconds(1)) }
    durationMilliseconds = description.duration(now: now).map { Int($0 / .milliseconds(1)) }
    url = pages.build(build)
  }
}

/// What builds says in JSON.
struct BuildsReport: Report {
  let ok = true
  let operation = BuildsCommand.operation
  let actor: PushReport.ActorReport
  let builds: [BuildEntryReport]

  private enum CodingKeys: CodingKey { case ok, operation, actor, builds }

  init(_ found: BuildsOperation.Outcome, now: Int) {
    actor = .init(id: found.actor.id, name: found.actorName, url: found.pages.actor)
    builds = found.builds.map { BuildEntryReport($0, found.pages, now: now) }
  }
}

/// What build says in JSON, however the build ended.
struct BuildReport: Report {
  let ok: Bool
  let operation = BuildCommand.operation
  let actor: PushReport.ActorReport
  let build: BuildEntryReport
  let log: [String]?
  let error: FailureReport.Cause?
  let exitCode: Int32

  private enum CodingKeys: CodingKey { case ok, operation, actor, build, log, error, exitCode }

  init(_ outcome: BuildOperation.Outcome, log: [String]?, _ diagnosis: Diagnosis?, now: Int) {
    ok = diagnosis == nil
    actor = .init(id: outcome.actor.id, name: outcome.actorName, url: outcome.pages.actor)
    build = BuildEntryReport(outcome.build, outcome.pages, now: now)
    self.log = log
    error = diagnosis.map { .init($0, logTail: outcome.ending?.logTail ?? []) }
    exitCode = diagnosis?.status.rawValue ?? 0
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy

/// What builds says in JSON.
struct BuildsReport: ReportContent {
  let actor: ActorReport
  let builds: [BuildReport]

  init(_ found: BuildsOperation.Outcome, now: Int) {
    actor = ActorReport(found.actor, name: found.actorName, found.pages)
    builds = found.builds.map { BuildReport($0, found.pages, now: now) }
  }
}

/// What build says in JSON, however the build ended.
struct FollowedBuildReport: ReportContent {
  let actor: ActorReport
  let build: BuildReport
  let log: [String]?

  init(_ outcome: BuildOperation.Outcome, log: [String]?, now: Int) {
    actor = ActorReport(outcome.actor, name: outcome.actorName, outcome.pages)
    build = BuildReport(outcome.build, outcome.pages, now: now)
    self.log = log
  }
}

/// What open says in JSON.
struct OpenReport: ReportContent {
  let actor: ActorReport
  let build: BuildReport?
  let url: String

  init(_ found: AddressOperation.Outcome) {
    actor = ActorReport(found.actor, name: found.actor.qualifiedName, found.pages)
    build = found.build.map { BuildReport($0, url: found.pages.build($0)) }
    url = found.address
  }
}

/// What tag says in JSON.
struct TagReport: ReportContent {
  let actor: ActorReport
  let tag: String
  let build: BuildReport
  let previousBuild: BuildReport?

  init(_ tag: String, _ moved: TagOperation.Outcome) {
    actor = ActorReport(moved.actor, name: moved.actor.qualifiedName)
    self.tag = tag
    build = BuildReport(moved.build)
    previousBuild = moved.before.map { BuildReport(number: $0) }
  }
}

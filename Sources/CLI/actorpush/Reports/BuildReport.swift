// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy
internal import SourcePackage

/// A build in JSON, as far as the command has asked for it.
struct BuildReport: Encodable, Sendable {
  var id: String?
  var number: String?
  var status: String?
  var url: String?
  var tags: [String]?
  var sourceType: String?
  var digest: String?
  var provenance: ProvenanceReport?
  var startedAt: String?
  var finishedAt: String?
  var ageMilliseconds: Int?
  var durationMilliseconds: Int?
}

/// A build that was started, and is to be aborted: no more is known of it.
struct AbortedBuildReport: ReportContent {
  let build: BuildReport
}

extension BuildReport {
  init(_ build: Build, url: String? = nil) {
    self.init(
      id: build.id, number: build.buildNumber, status: build.status.rawValue, url: url,
      startedAt: build.startedAt, finishedAt: build.finishedAt)
  }

  init(_ description: BuildDescription, _ pages: PlatformPages, now: Int) {
    self.init(description.build, url: pages.build(description.build))
    tags = description.tags
    sourceType = description.sourceType?.rawValue
    digest = description.digest
    provenance = description.provenance.map(ProvenanceReport.init)
    ageMilliseconds = description.age(now: now).map { Int($0 / .milliseconds(1)) }
    durationMilliseconds = description.duration(now: now).map { Int($0 / .milliseconds(1)) }
  }
}

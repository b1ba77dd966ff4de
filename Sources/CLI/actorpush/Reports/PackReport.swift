// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SourcePackage

/// What pack says in JSON.
struct PackReport: ReportContent {
  let package: PackageReport
  let output: String

  init(_ summary: PackageSummary, _ format: PackOperation.Format, output: String) {
    let sourceType = format == .json ? "SOURCE_FILES" : "TARBALL"
    package = PackageReport(summary, sourceType: sourceType, payloadBytes: summary.documentBytes)
    self.output = output
  }
}

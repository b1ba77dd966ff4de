// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourcePackage

/// A package in words.
enum PackageText {
  /// "60 files (58 TEXT, 2 BASE64) in 8 folders, 1.2 MB".
  static func summary(_ summary: PackageSummary) -> String {
    "\(Counts.of(summary.files, "file")) (\(Counts.number(summary.textFiles)) TEXT, "
      + "\(Counts.number(summary.base64Files)) BASE64) in \(Counts.of(summary.folders, "folder")), "
      + Counts.bytes(summary.bytes)
  }
}

extension PackageReport {
  /// The counts of `summary`; `payloadBytes` went over the wire or into a file.
  init(_ summary: PackageSummary, payloadBytes: Int) {
    self.init(
      files: summary.files, folders: summary.folders, textFiles: summary.textFiles,
      base64Files: summary.base64Files,
      bytes: summary.bytes, inlineBytes: summary.inlineBytes, sourceType: "SOURCE_FILES",
      payloadBytes: payloadBytes,
      digest: summary.digest)
  }
}

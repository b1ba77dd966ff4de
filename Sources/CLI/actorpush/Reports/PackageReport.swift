// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourcePackage

/// What a package consists of.
struct PackageReport: Encodable, Sendable {
  let files: Int
  let folders: Int
  // A zip has no formats and no limit inline: nil there.
  let textFiles: Int?
  let base64Files: Int?
  let bytes: Int
  let inlineBytes: Int?
  let sourceType: String
  let payloadBytes: Int
  /// What compression saved; nil where it is no zip.
  let savedBytes: Int?
  let digest: String
  /// Whether the platform has it already; nil where that was not looked up.
  var unchanged: Bool?
}

extension PackageReport {
  /// The counts of `summary`; `payloadBytes` went over the wire or into a file.
  init(_ summary: PackageSummary, sourceType: String, payloadBytes: Int) {
    let isZip = summary.zippedFiles > 0
    self.init(
      files: summary.files, folders: summary.folders, textFiles: isZip ? nil : summary.textFiles,
      base64Files: isZip ? nil : summary.base64Files,
      bytes: summary.bytes, inlineBytes: isZip ? nil : summary.inlineBytes, sourceType: sourceType,
      payloadBytes: payloadBytes, savedBytes: summary.bytesSaved(sending: payloadBytes),
      digest: summary.digest)
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourcePackage
internal import SystemIO

/// A package in words.
enum PackageText {
  /// "60 files (58 TEXT, 2 BASE64) in 8 directories, 1.2 MB".
  static func summary(_ summary: PackageSummary) -> String {
    // A zip knows no formats.
    let formats =
      summary.zippedFiles > 0
      ? ""
      : " (\(Quantity.number(summary.textFiles)) TEXT, \(Quantity.number(summary.base64Files)) BASE64)"
    return "\(Quantity.of(summary.files, "file"))\(formats) in \(Quantity.of(summary.folders, "folder")), "
      + Quantity.bytes(summary.bytes)
  }
  /// "1.2 MB", sent for a package; of a zip "1.2 MB (compression saved 3.4 MB)".
  static func sent(_ summary: PackageSummary, payloadBytes: Int) -> String {
    let sent = Quantity.bytes(payloadBytes)
    guard let saved = summary.bytesSaved(sending: payloadBytes), saved > 0 else { return sent }
    return "\(sent) (compression saved \(Quantity.bytes(saved)))"
  }
}

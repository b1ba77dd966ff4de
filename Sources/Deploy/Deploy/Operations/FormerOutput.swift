// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import SystemIO

/// What a command may replace by its output: what begins as that does. So a name that was mistyped costs no
/// source file of the project.
package enum FormerOutput: Sendable {
  /// A package, of either format.
  case package
  /// The page of a report.
  case page

  /// How much of a file tells what it is.
  private static let headLength = 512

  /// Checks that `path` is free, empty, no regular file, or begins as a former output.
  ///
  /// - Throws: `project` where it is a file with something else in it, or one that cannot be read.
  package func check(_ path: [UInt8]) throws(DeployError) {
    guard let status = Paths.status(path), status.isRegular, status.byteCount > 0 else { return }
    let file = try? Descriptor.open(CString(path), as: .fileThroughLinks)
    if let head = try? file?.bytes(at: 0, count: Self.headLength), isHead(head) { return }
    throw .project(
      ProjectError(
        .invalidInput, file: TerminalText.of(path), reason: "the file is no \(name), and is not replaced",
        help: "choose another name, or remove it first"))
  }

  private var name: String {
    switch self {
    case .package: "package"
    case .page: "report"
    }
  }

  private func isHead(_ bytes: [UInt8]) -> Bool {
    switch self {
    case .package:
      [#"{"sourceType":""#, #"{"versionNumber":""#, "PK\u{3}\u{4}", "PK\u{5}\u{6}"].contains {
        bytes.starts(with: $0.utf8)
      }
    case .page: bytes.starts(with: "<!doctype html>".utf8) && bytes.holds("<title>actorpush report</title>")
    }
  }
}

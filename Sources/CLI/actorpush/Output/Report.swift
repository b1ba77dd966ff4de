// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials

/// One JSON object on standard output: what `--json` promises, whatever happens.
protocol Report: Encodable, Sendable {}

extension Report {
  /// Writes it on one line.
  func write() {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else { return }
    var output = StandardOutput()
    try? output.write(Array(data) + Array("\n".utf8))
    try? output.flush()
  }
}

/// What went wrong.
struct FailureReport: Report {
  struct Cause: Encodable, Sendable {
    let type: String
    let message: String
    let phase: String
    /// The last lines of the build's log, where it was the build.
    var logTail: [String]?

    init(_ failure: Failure, logTail: [String]? = nil) {
      type = failure.type
      message = failure.message
      phase = failure.phase
      self.logTail = logTail
    }
  }

  let ok = false
  let operation: String?
  let error: Cause
  let exitCode: Int32

  init(_ failure: Failure, operation: String?) {
    self.operation = operation
    error = Cause(failure)
    exitCode = failure.status.rawValue
  }
}

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
  let digest: String
  /// Whether the platform has it already; nil where nobody has looked.
  var unchanged: Bool?
}

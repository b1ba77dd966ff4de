// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import FoundationEssentials
internal import SystemIO

/// One JSON object on standard output: what `--json` promises, whatever happens.
protocol Report: Encodable, Sendable {}

extension Report {
  /// Writes it on one line.
  func write() throws(Failure) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else { return }
    try writeOutput { output throws(SystemError) in try output.write(Array(data) + Array("\n".utf8)) }
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

    init(_ diagnosis: Diagnosis, logTail: [String]? = nil) {
      type = diagnosis.type
      message = diagnosis.message
      phase = diagnosis.phase
      self.logTail = logTail
    }
  }

  let ok = false
  let operation: String?
  let error: Cause
  let exitCode: Int32

  init(_ diagnosis: Diagnosis, operation: String?) {
    self.operation = operation
    error = Cause(diagnosis)
    exitCode = diagnosis.status.rawValue
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy

/// How a command ended, or what it did with one of several Actors.
struct EndingReport: Encodable, Sendable {
  /// What went wrong.
  struct Cause: Encodable, Sendable {
    let type: String
    let message: String
    let phase: String
    /// The last lines of the log, where a build or a run has failed.
    let logTail: [String]?

    init(_ diagnosis: Diagnosis, logTail: [String]? = nil) {
      type = diagnosis.type
      message = diagnosis.message
      phase = diagnosis.phase
      self.logTail = logTail
    }
  }

  private let ok: Bool
  private let exitCode: Int32
  private let warnings: [String]
  private let error: Cause?

  /// It failed for the reason `diagnosis`; nil: it did not.
  init(_ diagnosis: Diagnosis? = nil, logTail: [String]? = nil, warnings: WarningLog) {
    ok = diagnosis == nil
    exitCode = (diagnosis?.status ?? .done).rawValue
    self.warnings = warnings.lines
    error = diagnosis.map { Cause($0, logTail: logTail) }
  }

  /// It is done, and ends with `status`, which says something else than whether it went well.
  init(status: ExitStatus, warnings: WarningLog) {
    ok = true
    exitCode = status.rawValue
    self.warnings = warnings.lines
    error = nil
  }
}

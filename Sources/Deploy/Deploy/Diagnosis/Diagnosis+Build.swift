// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SystemIO

extension Diagnosis {
  /// Why a push whose version is updated does not count as done; nil where it does.
  package init?(_ outcome: PushOutcome) {
    guard let ending = outcome.ending else { return nil }
    let name = TerminalText.of(ending.build.buildNumber ?? ending.build.id)
    let reason = ending.logTail.last { !$0.isEmpty }.map { ": " + TerminalText.line($0.utf8) } ?? ""
    let (type, message, status): (String, String, ExitStatus)
    switch outcome.verdict {
    case .upToDate, .dryRun, .updated, .buildStarted, .built: return nil
    case .stillBuilding:
      (type, status) = ("still-building", .stillBuilding)
      let wait = outcome.wait.map { " after \(Quantity.time($0))" } ?? ""
      message = "build \(name) is still building\(wait) (--wait); the version is updated"
    case .buildFailed:
      (type, status, message) = ("build-failed", .failed, "build \(name) failed\(reason)")
    case .buildTimedOut:
      (type, status, message) = ("build-timed-out", .buildTimedOut, "build \(name) took too long\(reason)")
    case .buildAborted:
      (type, status) = ("build-aborted", .buildAborted)
      message = "build \(name) was aborted on the platform\(reason)"
    }
    self.init(type: type, message: message, status: status, phase: "build")
  }
}

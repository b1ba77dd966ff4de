// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorFaults
import EmulatorTesting

/// What becomes of the answer to one request of a push. The request is carried out in any case.
enum AnswerLoss: String, CaseIterable {
  /// The connection ends in place of the answer.
  case lost
  /// So it does each time that the request is repeated.
  case lostAlways = "lost, always"
  /// It comes after the client's time is over.
  case late
  /// It says that the platform has failed.
  case refused
  /// So it does each time that the request is repeated.
  case refusedAlways = "refused, always"

  /// Whether only changes are tried with it: a look that meets it is asked again, and that is all.
  var isForChanges: Bool { self == .late || self == .refused }

  var isRepeated: Bool { self == .lostAlways || self == .refusedAlways }

  func outcome(_ gate: AnswerGate) -> Fault.Outcome {
    switch self {
    case .lost, .lostAlways: .lostAnswer
    case .late: .held(gate, isDone: true)
    case .refused: .refusedAfterwards(status: 500, type: "internal-error", message: "no")
    case .refusedAlways: .refusedAfterwards(status: 503, type: "unavailable", message: "no")
    }
  }
}

/// A row of the table: what was lost of a push, how it ended, and how the next one of the same tree did.
struct LostAnswerRow: CustomStringConvertible {
  let request: NumberedRequest
  let loss: AnswerLoss
  let first: String
  let second: String
  let builds: Int
  let requests: Int

  var description: String {
    func column(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    return column(request.description, 62) + column(loss.rawValue, 17) + column(first, 22)
      + column(second, 14) + column("\(builds)", 8) + "\(requests)"
  }

  static let head = "REQUEST, LOSS, FIRST PUSH, SECOND PUSH, BUILDS, REQUESTS OF THE SECOND"
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject

@testable import Deploy

extension FaultRow {
  /// Faults of the request that updates the version.
  static let ofUpdates: [FaultRow] = [
    FaultRow(
      name: "variable: 503 always", faults: [fault(variable, status(503), always: true)],
      changesVariable: true, status: .failed,
      line: ["4 attempts", "may be set; the files are not changed"],
      held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 4),
    FaultRow(
      name: "variable: 400", faults: [fault(variable, refused(400, "invalid-input"))], changesVariable: true,
      status: .failed, line: ["400", "nothing is changed"],
      held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 1),
    FaultRow(
      name: "update: 500 once", faults: [fault(update, status(500))], status: .done, line: ["built 0.1.2"],
      held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 2),
    FaultRow(
      name: "update: 500 although it is done", faults: [fault(update, status(500, #", "done": true"#))],
      status: .done, line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "update: 503 always", faults: [fault(update, status(503), always: true)], status: .failed,
      line: ["4 attempts", "version 0.1 may be updated"], held: .init(text: "1", builds: 1, latest: "0.1.1"),
      sent: 4),
    FaultRow(
      name: "update: 503 always although it is done",
      faults: [fault(update, status(503, #", "done": true"#), always: true)], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "update: 400", faults: [fault(update, refused(400, "invalid-input"))], status: .failed,
      line: ["400", "nothing is changed"], held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 1),
    FaultRow(
      name: "update: 401", faults: [fault(update, refused(401, "user-or-token-not-found"))], status: .failed,
      line: ["nothing is changed", "check the token"], held: .init(text: "1", builds: 1, latest: "0.1.1"),
      sent: 1),
    FaultRow(
      name: "update: 403", faults: [fault(update, refused(403, "insufficient-permissions"))], status: .failed,
      line: ["nothing is changed", "write access"], held: .init(text: "1", builds: 1, latest: "0.1.1"),
      sent: 1),
    FaultRow(
      name: "update: 409", faults: [fault(update, refused(409, "concurrent-update-detected"))],
      status: .failed, line: ["409", "nothing is changed"],
      held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 1),
    FaultRow(
      name: "update: 413", faults: [fault(update, refused(413, "request-too-large"))], status: .failed,
      line: ["nothing is changed", "exclude files"], held: .init(text: "1", builds: 1, latest: "0.1.1"),
      sent: 1),
    FaultRow(
      name: "update: 429 once", faults: [fault(update, status(429, #", "retryAfter": "2""#))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 2),
    FaultRow(
      name: "update: 429, Retry-After 3600, always",
      faults: [fault(update, status(429, #", "retryAfter": 3600"#), always: true)], status: .failed,
      line: ["3 attempts", "nothing is changed"], held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 3),
    FaultRow(
      name: "update: hangs once", faults: [fault(update, plain("hang"))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 2),
    FaultRow(
      name: "update: hangs once, and is done", faults: [fault(update, plain("hang", done))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "update: hangs always", faults: [fault(update, plain("hang"), always: true)], status: .failed,
      line: ["no answer within", "version 0.1 may be updated"],
      held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 4),
    FaultRow(
      name: "update: closed before it once", faults: [fault(update, plain("close"))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 2),
    FaultRow(
      name: "update: closed in it once",
      faults: [fault(update, plain("close-in-request", #", "bytes": 10"#))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 2),
    FaultRow(
      name: "update: closed after it once, not done", faults: [fault(update, plain("close-after-request"))],
      status: .done, line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 2),
    FaultRow(
      name: "update: closed once, and is done", faults: [fault(update, plain("close", done))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "update: closed always", faults: [fault(update, plain("close"), always: true)], status: .failed,
      line: ["4 attempts", "version 0.1 may be updated"], held: .init(text: "1", builds: 1, latest: "0.1.1"),
      sent: 4),
    FaultRow(
      name: "update: closed in the answer", faults: [fault(update, plain("close-in-answer"))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "update: JSON cut", faults: [fault(update, plain("cut-json"))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "update: JSON garbled", faults: [fault(update, plain("garbled-json"))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "update: JSON mistyped", faults: [fault(update, plain("mistyped-json"))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "update: a page, and it is done",
      faults: [fault(update, plain("html", #", "status": 200, "done": true"#))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "update: a redirect of the kind that a PUT may follow",
      faults: [fault(update, plain("redirect", #", "location": "/v2/acts/~shop/versions/0.1""#))],
      status: .done, line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "update: a redirect of another kind",
      faults: [fault(update, plain("redirect", #", "status": 302, "location": "/v2/users/me""#))],
      status: .failed, line: ["a PUT is not followed", "nothing is changed"],
      held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 1),
    FaultRow(
      name: "update: a redirect to another origin",
      faults: [fault(update, plain("redirect", #", "location": "http://127.0.0.1:9/""#))], status: .failed,
      line: ["neither the token nor a body", "nothing is changed"],
      held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 1),
    FaultRow(
      name: "update: hangs and is done, Ctrl-C", faults: [fault(update, plain("hang", done), always: true)],
      stop: .interrupt, status: .interrupted, phase: "platform",
      line: ["interrupted", "version 0.1 may be updated"],
      held: .init(text: "2", builds: 1, latest: "0.1.1"), sent: 1),
    FaultRow(
      name: "update: hangs, Ctrl-C", faults: [fault(update, plain("hang"), always: true)], stop: .interrupt,
      status: .interrupted, phase: "platform", line: ["interrupted", "version 0.1 may be updated"],
      held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 1),
    FaultRow(
      name: "update: hangs, --timeout", faults: [fault(update, plain("hang"), always: true)],
      stop: .timeout(6000), status: .stillBuilding, phase: "platform",
      line: ["took longer", "version 0.1 may be updated"],
      held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 1),
    FaultRow(
      name: "update: 503 always, --no-build", faults: [fault(update, status(503), always: true)],
      isBuilt: false, status: .failed, line: ["version 0.1 may be updated"],
      held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 4),
  ]
}

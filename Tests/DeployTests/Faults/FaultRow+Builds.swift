// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject

@testable import Deploy

extension FaultRow {
  /// Faults of the build, and of the looks after it.
  static let ofBuilds: [FaultRow] = [
    FaultRow(
      name: "build: 500 once", faults: [fault(newBuild, status(500))], status: .done, line: ["built 0.1.2"],
      held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 2),
    FaultRow(
      name: "build: 500 although it is started", faults: [fault(newBuild, status(500, #", "done": true"#))],
      status: .done, line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "build: 503 always", faults: [fault(newBuild, status(503), always: true)], status: .failed,
      line: ["4 attempts", "version 0.1 is updated; a build may have been started"],
      held: .init(text: "2", builds: 1, latest: "0.1.1"), sent: 4),
    FaultRow(
      name: "build: 400", faults: [fault(newBuild, refused(400, "invalid-input"))], status: .failed,
      line: ["400", "version 0.1 is updated; it is not built"],
      held: .init(text: "2", builds: 1, latest: "0.1.1"), sent: 1),
    FaultRow(
      name: "build: 402", faults: [fault(newBuild, refused(402, "usage-limit"))], status: .failed,
      line: ["402", "version 0.1 is updated; it is not built"],
      held: .init(text: "2", builds: 1, latest: "0.1.1"), sent: 1),
    FaultRow(
      name: "build: 429 always",
      faults: [fault(newBuild, status(429, #", "retryAfter": 3600"#), always: true)], status: .failed,
      line: ["3 attempts", "version 0.1 is updated; it is not built"],
      held: .init(text: "2", builds: 1, latest: "0.1.1"), sent: 3),
    FaultRow(
      name: "build: closed, and is started", faults: [fault(newBuild, plain("close", done))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "build: closed always, and is started",
      faults: [fault(newBuild, plain("close", done), always: true)], status: .done, line: ["built 0.1.2"],
      held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "build: hangs, and is started", faults: [fault(newBuild, plain("hang", done))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "build: JSON cut", faults: [fault(newBuild, plain("cut-json"))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "build: JSON mistyped", faults: [fault(newBuild, plain("mistyped-json"))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "build: hangs and is started, Ctrl-C",
      faults: [fault(newBuild, plain("hang", done), always: true)], stop: .interrupt, status: .interrupted,
      phase: "build",
      line: ["interrupted", "version 0.1 is updated; a build may have been started"],
      held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "state: 500 once", faults: [fault(build, status(500))], status: .done, line: ["built 0.1.2"],
      held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: nil),
    FaultRow(
      name: "state: 500 always", faults: [fault(build, status(500), always: true)], status: .failed,
      line: ["4 attempts", "version 0.1 is updated; build 0.1.2 was started"],
      held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: nil),
    FaultRow(
      name: "state: not found for a moment", faults: [fault(build, refused(404, "record-not-found"))],
      status: .done, line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: nil),
    FaultRow(
      name: "state: hangs always", faults: [fault(build, plain("hang"), always: true)], status: .failed,
      line: ["no answer within", "version 0.1 is updated; build 0.1.2 was started"],
      held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: nil),
    FaultRow(
      name: "state: JSON mistyped", faults: [fault(build, plain("mistyped-json"))], status: .failed,
      line: ["unexpected", "version 0.1 is updated; build 0.1.2 was started"],
      held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: nil),
    FaultRow(
      name: "state: hangs, Ctrl-C", faults: [fault(build, plain("hang"), always: true)], stop: .interrupt,
      status: .interrupted, phase: "build", line: ["interrupted; build 0.1.2", "version 0.1 is updated"],
      held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: nil),
    FaultRow(
      name: "state and abort hang, Ctrl-C",
      faults: [fault(build, plain("hang"), always: true), fault(abort, plain("hang"), always: true)],
      stop: .interrupt, status: .interrupted, phase: "build",
      line: [
        "build 0.1.2 was to be aborted, which the platform has not confirmed", "version 0.1 is updated",
      ], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: nil),
    FaultRow(
      name: "state: hangs, --timeout", faults: [fault(build, plain("hang"), always: true)],
      stop: .timeout(6000), status: .stillBuilding, phase: "build",
      line: ["took longer", "version 0.1 is updated; build 0.1.2 was started"],
      held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: nil),
    FaultRow(
      name: "log: 500 always", faults: [fault(log, status(500), always: true)], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: nil),
    FaultRow(
      name: "log: closed in the answer, always", faults: [fault(log, plain("close-in-answer"), always: true)],
      status: .done, line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: nil),
    FaultRow(
      name: "log: hangs in the answer, always", faults: [fault(log, plain("hang-in-answer"), always: true)],
      status: .done, line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: nil),
    FaultRow(
      name: "last look: 500 always", faults: [fault(version, status(500), always: true, at: 3)],
      status: .done, line: ["built 0.1.2", "warning: not verified", "4 attempts"],
      held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 6),
    FaultRow(
      name: "last look: JSON mistyped", faults: [fault(version, plain("mistyped-json"), at: 3)],
      status: .done, line: ["built 0.1.2", "warning: not verified"],
      held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 3),
    FaultRow(
      name: "tag: 503 always", faults: [fault(actor, status(503), always: true, at: 2)], status: .done,
      line: ["built 0.1.2", "warning: tag latest unknown"],
      held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 5),
  ]
}

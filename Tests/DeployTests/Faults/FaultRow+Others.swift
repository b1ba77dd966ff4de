// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject

@testable import Deploy

extension FaultRow {
  /// Faults of what is created, of zips, and of candidates.
  static let ofOthers: [FaultRow] = [
    FaultRow(
      name: "new Actor: 500 although it is made", faults: [fault(newActor, status(500, #", "done": true"#))],
      situation: .new, status: .done, line: ["built 0.1.1"],
      held: .init(text: "2", builds: 1, latest: "0.1.1"), sent: 1),
    FaultRow(
      name: "new Actor: 503 always", faults: [fault(newActor, status(503), always: true)], situation: .new,
      status: .failed, line: ["the Actor may be created"], held: .init(), sent: 4),
    FaultRow(
      name: "new Actor: 402", faults: [fault(newActor, refused(402, "usage-limit"))], situation: .new,
      status: .failed, line: ["402", "nothing is changed"], held: .init(), sent: 1),
    FaultRow(
      name: "new version: 400", faults: [fault(newVersion, refused(400, "invalid-value"))], situation: .new,
      status: .failed, line: ["the Actor is created, without a version"], held: .init(), sent: 1),
    FaultRow(
      name: "new version: 503 always", faults: [fault(newVersion, status(503), always: true)],
      situation: .new, status: .failed, line: ["version 0.1 may be created"], held: .init(), sent: 4),
    FaultRow(
      name: "new version: closed, and is made", faults: [fault(newVersion, plain("close", done))],
      situation: .new, status: .done, line: ["built 0.1.1"],
      held: .init(text: "2", builds: 1, latest: "0.1.1"), sent: 1),
    FaultRow(
      name: "zip: 500 once", faults: [fault(record, status(500))], form: .zip, status: .done,
      line: ["built 0.1.2"], held: .init(builds: 2, latest: "0.1.2"), sent: 4),
    FaultRow(
      name: "zip: 503 always", faults: [fault(record, status(503), always: true)], form: .zip,
      status: .failed, line: ["4 attempts", "nothing is changed"], held: .init(builds: 1, latest: "0.1.1"),
      sent: nil),
    FaultRow(
      name: "zip: closed in it once", faults: [fault(record, plain("close-in-request", #", "bytes": 10"#))],
      form: .zip, status: .done, line: ["built 0.1.2"], held: .init(builds: 2, latest: "0.1.2"), sent: 4),
    FaultRow(
      name: "store: 403", faults: [fault(store, refused(403, "insufficient-permissions"))], form: .zip,
      status: .failed, line: ["403", "nothing is changed"], held: .init(builds: 1, latest: "0.1.1"), sent: nil
    ),
    FaultRow(
      name: "run: 500 although it is started", faults: [fault(newRun, status(500, #", "done": true"#))],
      situation: .candidate, status: .done, line: ["built 0.1.2"],
      held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "run: 402", faults: [fault(newRun, refused(402, "usage-limit"))], situation: .candidate,
      status: .failed, line: ["402", "build 0.1.2 succeeded", "latest still points at build 0.1.1"],
      held: .init(text: "2", builds: 2, latest: "0.1.1"), sent: 1),
    FaultRow(
      name: "run: 503 always", faults: [fault(newRun, status(503), always: true)], situation: .candidate,
      status: .failed,
      line: ["build 0.1.2 succeeded; a run may have been started; latest still points at build 0.1.1"],
      held: .init(text: "2", builds: 2, latest: "0.1.1"), sent: 4),
    FaultRow(
      name: "state of the run: 500 always", faults: [fault(run, status(500), always: true)],
      situation: .candidate, status: .failed,
      line: ["of build 0.1.2 may go on", "latest still points at build 0.1.1"],
      held: .init(text: "2", builds: 2, latest: "0.1.1"), sent: nil),
    FaultRow(
      name: "state of the run: hangs, Ctrl-C", faults: [fault(run, plain("hang"), always: true)],
      situation: .candidate, stop: .interrupt, status: .interrupted, phase: "run",
      line: ["of build 0.1.2", "latest still points at build 0.1.1"],
      held: .init(text: "2", builds: 2, latest: "0.1.1"), sent: nil),
    FaultRow(
      name: "moved tag: closed, and is done", faults: [fault(tag, plain("close", done))],
      situation: .candidate, status: .done, line: ["built 0.1.2"],
      held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "moved tag: 503 always", faults: [fault(tag, status(503), always: true)], situation: .candidate,
      status: .failed, line: ["latest may point at it"], held: .init(text: "2", builds: 2, latest: "0.1.1"),
      sent: 4),
  ]
}

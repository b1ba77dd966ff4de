// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject

@testable import Deploy

extension FaultRow {
  /// Faults before anything is changed.
  static let ofLooks: [FaultRow] = [
    FaultRow(
      name: "who: 500 once", faults: [fault(me, status(500))], status: .done, line: ["built 0.1.2"],
      held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 2),
    FaultRow(
      name: "who: 503 always", faults: [fault(me, status(503), always: true)], status: .failed,
      line: ["4 attempts", "nothing is changed"], held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 4),
    FaultRow(
      name: "who: 429, Retry-After 1, once", faults: [fault(me, status(429, #", "retryAfter": 1"#))],
      status: .done, line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 2),
    FaultRow(
      name: "who: 429, Retry-After 3600, always",
      faults: [fault(me, status(429, #", "retryAfter": 3600"#), always: true)], status: .failed,
      line: ["429", "3 attempts", "nothing is changed"], held: .init(text: "1", builds: 1, latest: "0.1.1"),
      sent: 3),
    FaultRow(
      name: "who: a gateway's page once", faults: [fault(me, plain("html"))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 2),
    FaultRow(
      name: "who: a page in place of the API, always",
      faults: [fault(me, plain("html", #", "status": 200"#), always: true)], status: .failed,
      line: ["4 attempts", "nothing is changed", "is the address that of the Apify API?"],
      held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 4),
    FaultRow(
      name: "who: 401", faults: [fault(me, refused(401, "user-or-token-not-found"))], status: .failed,
      line: ["nothing is changed", "check the token"], held: .init(text: "1", builds: 1, latest: "0.1.1"),
      sent: 1),
    FaultRow(
      name: "who: 402", faults: [fault(me, refused(402, "usage-limit"))], status: .failed,
      line: ["402", "nothing is changed"], held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 1),
    FaultRow(
      name: "who: 403", faults: [fault(me, refused(403, "insufficient-permissions"))], status: .failed,
      line: ["nothing is changed", "the token may not do this"],
      held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 1),
    FaultRow(
      name: "who: 404 of no API", faults: [fault(me, refused(404, "page-not-found"))], status: .failed,
      line: ["404", "nothing is changed"], held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 1),
    FaultRow(
      name: "who: hangs once", faults: [fault(me, plain("hang"))], status: .done, line: ["built 0.1.2"],
      held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 2),
    FaultRow(
      name: "who: hangs always", faults: [fault(me, plain("hang"), always: true)], status: .failed,
      line: ["no answer within", "4 attempts", "nothing is changed"],
      held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 4),
    FaultRow(
      name: "who: hangs in the answer once", faults: [fault(me, plain("hang-in-answer"))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 2),
    FaultRow(
      name: "who: closed once", faults: [fault(me, plain("close"))], status: .done, line: ["built 0.1.2"],
      held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 2),
    FaultRow(
      name: "who: closed always", faults: [fault(me, plain("close"), always: true)], status: .failed,
      line: ["closed before the answer", "4 attempts", "nothing is changed"],
      held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 4),
    FaultRow(
      name: "who: closed in the answer once", faults: [fault(me, plain("close-in-answer"))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 2),
    FaultRow(
      name: "who: closed after the answer", faults: [fault(me, plain("close-after-answer"))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "who: JSON cut once", faults: [fault(me, plain("cut-json"))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 2),
    FaultRow(
      name: "who: JSON cut always", faults: [fault(me, plain("cut-json"), always: true)], status: .failed,
      line: ["cut off or not valid JSON", "4 attempts", "nothing is changed"],
      held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 4),
    FaultRow(
      name: "who: JSON garbled once", faults: [fault(me, plain("garbled-json"))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 2),
    FaultRow(
      name: "who: JSON mistyped", faults: [fault(me, plain("mistyped-json"))], status: .failed,
      line: ["something unexpected at data", "nothing is changed"],
      held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 1),
    FaultRow(
      name: "who: JSON without end", faults: [fault(me, plain("endless-json"))], status: .failed,
      line: ["longer than", "nothing is changed"], held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 1
    ),
    FaultRow(
      name: "who: slow bytes", faults: [fault(me, plain("slow", #", "bytesPerSecond": 1000"#))],
      status: .done, line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "who: chunks", faults: [fault(me, plain("chunked"))], status: .done, line: ["built 0.1.2"],
      held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "who: gzip", faults: [fault(me, plain("compressed"))], status: .done, line: ["built 0.1.2"],
      held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "who: deflate", faults: [fault(me, plain("compressed", #", "encoding": "deflate""#))],
      status: .done, line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 1),
    FaultRow(
      name: "who: gzip, cut once", faults: [fault(me, plain("compressed", #", "cut": true"#))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 2),
    FaultRow(
      name: "who: an encoding that was not asked for",
      faults: [fault(me, plain("compressed", #", "encoding": "br""#))], status: .failed,
      line: ["compressed in a way that was not asked for (br)", "nothing is changed"],
      held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 1),
    FaultRow(
      name: "who: a redirect to the same origin",
      faults: [fault(me, plain("redirect", #", "location": "/v2/users/me""#))], status: .done,
      line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: 2),
    FaultRow(
      name: "who: a redirect to another origin",
      faults: [fault(me, plain("redirect", #", "location": "http://127.0.0.1:9/v2/users/me""#))],
      status: .failed,
      line: ["redirects to http://127.0.0.1:9", "neither the token nor a body", "nothing is changed"],
      held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 1),
    FaultRow(
      name: "who: redirects in a circle",
      faults: [fault(me, plain("redirect", #", "location": "/v2/users/me""#), always: true)], status: .failed,
      line: ["more than 5 redirects", "nothing is changed"],
      held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 6),
    FaultRow(
      name: "who: hangs, Ctrl-C", faults: [fault(me, plain("hang"), always: true)], stop: .interrupt,
      status: .interrupted, phase: "platform", line: ["interrupted; nothing is changed"],
      held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 1),
    FaultRow(
      name: "who: hangs, --timeout", faults: [fault(me, plain("hang"), always: true)], stop: .timeout(4000),
      status: .stillBuilding, phase: "platform",
      line: ["took longer than", "nothing is changed", "--timeout"],
      held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 1),
    FaultRow(
      name: "version: 500 once, at the second look", faults: [fault(version, status(500), at: 2)],
      status: .done, line: ["built 0.1.2"], held: .init(text: "2", builds: 2, latest: "0.1.2"), sent: nil),
    FaultRow(
      name: "builds: closed always", faults: [fault(builds, plain("close"), always: true)], status: .failed,
      line: ["nothing is changed"], held: .init(text: "1", builds: 1, latest: "0.1.1"), sent: 4),
  ]
}

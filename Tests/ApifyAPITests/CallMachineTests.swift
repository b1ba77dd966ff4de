// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Testing

/// A machine that has sent its first attempt.
func started(_ call: Call, retries: RetryPolicy = RetryPolicy(), root: String = "https://api.test") throws
  -> CallMachine
{
  var machine = CallMachine(
    call, at: try WebAddress("\(root)\(call.path)"), retries: retries, maximumRedirects: 5)
  _ = machine.next(after: .start)
  return machine
}

let aGet = Call.get("users", "me")
let aPut = Call.put(RequestBody([1]), to: "actors", "x", "versions", "0.1")
let aPost = Call.create(RequestBody([1]), in: "actors")

func refused(_ status: Int, _ type: APIError.Code = "some-error") -> CallMachine.Event {
  .response(ResponseFacts(status: status, verdict: .refused(type: type, message: "No.")))
}

let lost = CallMachine.Event.failure(TransportFailure(type: .network, message: "broke", wasSent: true))
let unsent = CallMachine.Event.failure(
  TransportFailure(type: .unreachable, message: "refused", wasSent: false))
let garbled = CallMachine.Event.response(ResponseFacts(status: 200, verdict: .garbled("cut off")))
let fine = CallMachine.Event.response(ResponseFacts(status: 200, verdict: .decoded))

extension CallMachine.Action {
  var error: APIError? { if case .fail(let error) = self { error } else { nil } }
  var pause: Duration? { if case .pause(let delay, _) = self { delay } else { nil } }
  var look: Duration? { if case .look(let delay, _) = self { delay } else { nil } }
  var isSend: Bool { if case .send = self { true } else { false } }
}

@Suite("CallMachine: retries")
struct CallMachineRetryTests {
  @Test("a good answer ends it")
  func success() throws {
    var machine = try started(aGet)
    #expect(machine.next(after: fine) == .succeed)
    #expect(machine.attempt == 1)
  }

  @Test(
    "429, 5xx, lost connections and cut-off JSON are retried eight times, from 500 ms, doubling",
    arguments: [
      refused(429), refused(500), refused(502), refused(503), refused(504), refused(599), lost, unsent,
      garbled,
    ])
  func retried(_ event: CallMachine.Event) throws {
    for call in [aGet, aPut] {
      var machine = try started(call)
      var pauses: [Duration] = []
      var action = machine.next(after: event)
      while let pause = action.pause {
        pauses.append(pause)
        #expect(machine.next(after: .paused).isSend)
        action = machine.next(after: event)
      }
      #expect(pauses == (0..<8).map { Duration.milliseconds(500 << $0) })
      #expect(action.error?.attempts == 9)
    }
  }

  @Test(
    "no other status is retried",
    arguments: [400, 401, 402, 403, 404, 405, 408, 409, 413, 415, 418, 422, 451])
  func notRetried(_ status: Int) throws {
    for call in [aGet, aPut, aPost] {
      var machine = try started(call)
      let error = machine.next(after: refused(status, "invalid-input")).error
      #expect(error?.status == status)
      #expect(error?.type == .invalidInput)
      #expect(error?.attempts == 1)
      #expect(error?.outcomeIsUnknown == false)
    }
  }

  @Test("JSON of another shape is an error at once")
  func unexpectedShape() throws {
    var machine = try started(aGet)
    let action = machine.next(
      after: .response(ResponseFacts(status: 200, verdict: .unexpected("data is missing"))))
    #expect(action.error?.type == .invalidResponse && action.error?.outcomeIsUnknown == false)
  }

  @Test(
    "JSON of another shape that says that a change is made is looked after, once", arguments: [false, true])
  func unexpectedChange(isFound: Bool) throws {
    for call in [aPost, aPut.lookingEachTime()] {
      var machine = try started(call)
      let event = CallMachine.Event.response(
        ResponseFacts(status: 201, verdict: .unexpected("data is missing")))
      #expect(machine.next(after: event).look == .zero)
      let action = machine.next(after: .looked(found: isFound))
      #expect(isFound ? action == .succeed : action.error?.outcomeIsUnknown == true)
    }
  }

  @Test("a failure that trying again cannot mend is an error at once")
  func permanent() throws {
    var machine = try started(aPut)
    let failure = TransportFailure(type: .tls, message: "not trusted", wasSent: false, isPermanent: true)
    #expect(machine.next(after: .failure(failure)).error?.type == .tls)
  }

  @Test("unreachable hosts can be given up earlier, counted in a row")
  func unreachable() throws {
    var policy = RetryPolicy()
    policy.maximumUnreachableRetries = 1
    var machine = try started(aGet, retries: policy)
    #expect(machine.next(after: unsent).pause != nil)
    _ = machine.next(after: .paused)
    #expect(machine.next(after: refused(503)).pause != nil)
    _ = machine.next(after: .paused)
    #expect(machine.next(after: unsent).pause != nil)
    _ = machine.next(after: .paused)
    #expect(machine.next(after: unsent).error?.type == .unreachable)
  }

  @Test("an error knows its request")
  func facts() throws {
    var machine = try started(aPut)
    let error = machine.next(after: refused(400, "invalid-value")).error
    #expect(error?.method == "PUT")
    #expect(error?.path == "/v2/actors/x/versions/0.1")
    #expect(error?.message == "No.")
  }

  @Test("a PUT that fails for good after a lost answer says that it may have been carried out")
  func unknownOutcome() throws {
    var machine = try started(aPut)
    _ = machine.next(after: lost)
    _ = machine.next(after: .paused)
    #expect(machine.next(after: refused(400)).error?.outcomeIsUnknown == true)
  }
}

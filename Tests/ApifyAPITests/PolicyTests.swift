// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Testing

@Suite("Policies")
struct PolicyTests {
  @Test(
    "the pause doubles, and chance adds up to the same again",
    arguments: [
      (1, 0.0, 500), (1, 0.5, 750), (1, 1, 1000), (2, 0, 1000), (8, 0, 64_000), (9, 0, 64_000),
      (40, 0.5, 96_000),
    ])
  func delay(_ retry: Int, _ jitter: Double, _ milliseconds: Int) {
    let delay = RetryPolicy().delay(beforeRetry: retry, jitter: jitter, retryAfter: nil)
    #expect(delay == .milliseconds(milliseconds))
  }

  @Test(
    "a server may ask for more time, within reason, but not for less",
    arguments: [
      (0, 500), (7, 7000), (120, 120_000), (100_000, 120_000),
    ])
  func retryAfter(_ seconds: Int, _ milliseconds: Int) {
    let delay = RetryPolicy().delay(beforeRetry: 1, jitter: 0, retryAfter: .seconds(seconds))
    #expect(delay == .milliseconds(milliseconds))
  }

  @Test("the pauses of a call are bounded together, whatever the server asks for")
  func total() throws {
    for call in [aGet, aPut, aPost] {
      var machine = try started(call)
      var waited = Duration.zero
      let busy = CallMachine.Event.response(
        ResponseFacts(status: 429, retryAfter: .seconds(120), verdict: .refused(type: "busy", message: "")))
      var action = machine.next(after: busy)
      while let pause = action.pause {
        waited += pause
        #expect(machine.next(after: .paused).isSend)
        action = machine.next(after: busy)
      }
      #expect(waited == .seconds(240) && action.error?.type == "busy" && machine.attempt == 3)
    }
  }

  @Test(
    "an attempt's time grows with the attempt, and with the body",
    arguments: [
      (1, 0, 30), (2, 0, 60), (4, 0, 240), (5, 0, 360), (9, 0, 360), (1, 9_437_184, 174),
    ])
  func timeouts(_ attempt: Int, _ length: Int, _ seconds: Int) {
    #expect(TimeoutPolicy().limit(attempt: attempt, bodyLength: length) == .seconds(seconds))
  }

  @Test(
    "Retry-After is seconds or a date",
    arguments: [
      ("5", 5), (" 0 ", 0), ("99999999999999999999", 1_000_000), ("Sun, 06 Nov 1994 08:50:37 GMT", 60),
      ("Sun, 06 Nov 1994 08:00:00 GMT", 0), ("Mon, 07 Nov 1994 08:49:37 GMT", 86_400),
      ("Thu, 01 Dec 1994 08:49:37 GMT", 25 * 86_400), ("Mon, 06 Nov 1995 08:49:37 GMT", 365 * 86_400),
    ])
  func retryAfterHeader(_ value: String, _ seconds: Int) {
    let parsed = RetryAfter.parse(value, date: "Sun, 06 Nov 1994 08:49:37 GMT")
    #expect(parsed == .seconds(seconds))
  }

  @Test(
    "leap days are counted",
    arguments: [
      ("Wed, 28 Feb 2024 00:00:00 GMT", "Fri, 01 Mar 2024 00:00:00 GMT", 2),
      ("Tue, 28 Feb 2023 00:00:00 GMT", "Wed, 01 Mar 2023 00:00:00 GMT", 1),
      ("Sun, 31 Dec 2023 00:00:00 GMT", "Wed, 01 Jan 2025 00:00:00 GMT", 367),
    ])
  func leapDays(_ from: String, _ to: String, _ days: Int) {
    #expect(RetryAfter.parse(to, date: from) == .seconds(days * 86_400))
  }

  @Test(
    "nonsense in Retry-After doesn't count",
    arguments: [
      "", "-1", "1.5", "soon", "0x10", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 99 Nov 1994 08:49:37 GMT",
    ])
  func nonsense(_ value: String) {
    #expect(RetryAfter.parse(value, date: "Sun, 06 Nov 1994 08:49:37 GMT") == nil)
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Testing

@Suite("CallMachine: what must not be done twice")
struct CallMachineCreateTests {
  @Test("a refusal or a connection that never was is simply tried again", arguments: [refused(429), unsent])
  func certain(_ event: CallMachine.Event) throws {
    var machine = try started(aPost)
    #expect(machine.next(after: event).pause == .milliseconds(500))
    #expect(machine.next(after: .paused).isSend)
  }

  @Test(
    "a lost answer is looked after before asking again",
    arguments: [lost, refused(500), refused(503), garbled])
  func ambiguous(_ event: CallMachine.Event) throws {
    var machine = try started(aPost)
    #expect(machine.next(after: event).look == .milliseconds(500))
    #expect(machine.next(after: .looked(found: false)).isSend)
    #expect(machine.attempt == 2)
    #expect(machine.next(after: event).look == .seconds(1))
    #expect(machine.next(after: .looked(found: true)) == .succeed)
  }

  @Test(
    "a lost answer is looked after again where the next attempt is refused",
    arguments: [refused(429), unsent])
  func refusedAfterLoss(_ event: CallMachine.Event) throws {
    var machine = try started(aPost)
    _ = machine.next(after: lost)
    // What was made may not show at once.
    #expect(machine.next(after: .looked(found: false)).isSend)
    #expect(machine.next(after: event).look != nil)
    #expect(machine.next(after: .looked(found: true)) == .succeed)
  }

  @Test(
    "`it is there` after a lost answer means that we look",
    arguments: [
      refused(409, .actorNameNotUnique), refused(409), refused(400, .versionAlreadyExists),
    ])
  func existsAfterLoss(_ event: CallMachine.Event) throws {
    var machine = try started(aPost)
    _ = machine.next(after: lost)
    _ = machine.next(after: .looked(found: false))
    #expect(machine.next(after: event).look == .zero)
    var other = machine
    #expect(machine.next(after: .looked(found: true)) == .succeed)
    let error = other.next(after: .looked(found: false)).error
    #expect(error?.message == "No.")
    #expect(error?.outcomeIsUnknown == true)
  }

  @Test("`it is there` at first is an error", arguments: [429, 0])
  func existsAtFirst(_ before: Int) throws {
    var machine = try started(aPost)
    if before != 0 {
      _ = machine.next(after: refused(before))
      _ = machine.next(after: .paused)
    }
    #expect(machine.next(after: refused(409, .actorNameNotUnique)).error?.type == .actorNameNotUnique)
  }

  @Test(
    "what may be another's by now is looked at before each repetition",
    arguments: [lost, refused(500), garbled, refused(429), unsent])
  func eachTime(_ event: CallMachine.Event) throws {
    var machine = try started(aPut.lookingEachTime())
    #expect(machine.next(after: event).look == .milliseconds(500))
    #expect(machine.next(after: .looked(found: false)).isSend)
    #expect(machine.next(after: event).look == .seconds(1))
    #expect(machine.next(after: .looked(found: true)) == .succeed)
  }

  @Test(
    "… but not after the last refusal, which has certainly changed nothing",
    arguments: [refused(429), unsent])
  func lastRefusal(_ event: CallMachine.Event) throws {
    var policy = RetryPolicy()
    policy.maximumRetries = 0
    var machine = try started(aPut.lookingEachTime(), retries: policy)
    #expect(machine.next(after: event).error?.outcomeIsUnknown == false)
  }

  @Test("after the last attempt we look once more, and then it is an error whose outcome is unknown")
  func lastLook() throws {
    var policy = RetryPolicy()
    policy.maximumRetries = 0
    var machine = try started(aPost, retries: policy)
    #expect(machine.next(after: lost).look != nil)
    let error = machine.next(after: .looked(found: false)).error
    #expect(error?.type == .network)
    #expect(error?.outcomeIsUnknown == true)
    #expect(error?.attempts == 1)
  }
}

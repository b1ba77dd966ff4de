// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Testing

@Suite("CallMachine: redirects")
struct CallMachineRedirectTests {
  func redirect(_ status: Int, _ location: String?) -> CallMachine.Event {
    .response(
      ResponseFacts(
        status: status, location: location, verdict: .refused(type: .invalidResponse, message: "")))
  }

  func redirect(_ location: String) -> CallMachine.Event { redirect(307, location) }

  func target(_ action: CallMachine.Action) -> CallTarget? {
    if case .follow(let target) = action { target } else { nil }
  }

  @Test(
    "a redirect within the origin is followed, with the token",
    arguments: [
      ("/v2/users/you", "https://api.test/v2/users/you"), ("you?a=b#c", "https://api.test/v2/users/you?a=b"),
      ("https://api.test/x", "https://api.test/x"), ("https://API.test:443/x", "https://api.test/x"),
    ])
  func within(_ location: String, _ address: String) throws {
    for call in [aGet, aPut, aPost] {
      var machine = try started(call)
      let location = call.method == .get ? location : address
      let target = try #require(self.target(machine.next(after: redirect(location))))
      #expect(target.address.absolute == address && target.isTrusted)
      #expect(machine.attempt == 1)
    }
  }

  private static let foreign = [
    ("https://api.test:444/x", "https://api.test:444"), ("https://other.test/x", "https://other.test"),
    ("https://api.test.evil.test/x", "https://api.test.evil.test"), ("//other.test/x", "https://other.test"),
    ("https://127.0.0.1/x", "https://127.0.0.1"),
  ]

  @Test(
    "one to another origin is an error that names both: neither token nor body go there", arguments: foreign
  )
  func elsewhere(_ location: String, _ origin: String) throws {
    for call in [aGet, aPut, aPost] {
      var machine = try started(call)
      let error = try #require(machine.next(after: redirect(location)).error)
      #expect(error.type == .redirectRefused && error.attempts == 1 && !error.outcomeIsUnknown)
      #expect(error.message.hasPrefix("https://api.test redirects to \(origin), "), "\(error.message)")
    }
  }

  /// The API has records at its storage, and answers with a redirect there.
  private var aRecord: Call {
    var call = Call.get("key-value-stores", "s", "records", "k")
    call.mayLeaveOrigin = true
    return call
  }

  @Test("a record may come from another origin, which does not see the token", arguments: foreign)
  func record(_ location: String, _ origin: String) throws {
    var machine = try started(aRecord)
    let target = try #require(self.target(machine.next(after: redirect(302, location))))
    #expect(target.address.absolute == origin + "/x" && !target.isTrusted)
    var put = Call.put(RequestBody([1]), to: "x")
    put.mayLeaveOrigin = true
    var other = try started(put)
    #expect(other.next(after: redirect(location)).error?.type == .redirectRefused, "a body does not go there")
  }

  @Test("a GET follows every redirect", arguments: [301, 302, 303, 307, 308])
  func statusesOfGet(_ status: Int) throws {
    var machine = try started(aGet)
    #expect(target(machine.next(after: redirect(status, "/x"))) != nil)
  }

  @Test("a PUT and a POST follow those that keep the method", arguments: [301, 302, 303, 307, 308])
  func statusesOfPut(_ status: Int) throws {
    for call in [aPut, aPost] {
      var machine = try started(call)
      let action = machine.next(after: redirect(status, "/x"))
      if status >= 307 {
        #expect(target(action) != nil)
      } else {
        #expect(action.error?.type == .redirectRefused)
      }
    }
  }

  @Test("five are followed, a sixth is not")
  func count() throws {
    var machine = try started(aGet)
    for _ in 0..<5 { #expect(target(machine.next(after: redirect("/again"))) != nil) }
    #expect(machine.next(after: redirect("/again")).error?.type == .redirectRefused)
  }

  @Test(
    "what leads astray is refused",
    arguments: [
      "http://api.test/x", "http://other.test/", "https://user:pass@api.test/", "ftp://api.test/",
      "javascript:alert(1)",
      "https://", "https://api.test/a b", "https://exämple.test/", "https://api.test:99999/",
      "\\\\other.test\\x", "",
    ])
  func refusedLocations(_ location: String) throws {
    var machine = try started(aGet)
    #expect(machine.next(after: redirect(location)).error?.type == .redirectRefused)
  }

  @Test("http may lead to https, without the token, for a record only")
  func upgrade() throws {
    var machine = try started(aRecord, root: "http://localhost:8080")
    #expect(target(machine.next(after: redirect("https://localhost:8080/x")))?.isTrusted == false)
    var other = try started(aGet, root: "http://localhost:8080")
    #expect(other.next(after: redirect("https://localhost:8080/x")).error?.type == .redirectRefused)
  }

  @Test("the way back to the root is without the token")
  func wayBack() throws {
    var machine = try started(aRecord)
    _ = machine.next(after: redirect("https://other.test/"))
    #expect(target(machine.next(after: redirect("https://api.test/v2/actors")))?.isTrusted == false)
  }

  @Test("a retry begins at the root again, and counts redirects anew")
  func retryAfterRedirect() throws {
    var machine = try started(aRecord)
    for _ in 0..<5 { _ = machine.next(after: redirect("https://other.test/")) }
    _ = machine.next(after: refused(503))
    guard case .send(let target) = machine.next(after: .paused) else {
      Issue.record("no new attempt")
      return
    }
    #expect(target.isTrusted && target.address.absolute == "https://api.test/v2/key-value-stores/s/records/k")
    #expect(self.target(machine.next(after: redirect("/x"))) != nil)
  }

  @Test("a 3xx that isn't a redirect is an error", arguments: [300, 304, 305, 399])
  func others(_ status: Int) throws {
    var machine = try started(aGet)
    #expect(machine.next(after: redirect(status, "/x")).error?.type == .invalidResponse)
    var again = try started(aGet)
    #expect(again.next(after: redirect(307, nil)).error?.type == .invalidResponse)
  }
}

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
    "the token goes to the root's scheme, host and port, and nowhere else",
    arguments: [
      ("/v2/users/you", "https://api.test/v2/users/you", true),
      ("you?a=b#c", "https://api.test/v2/users/you?a=b", true),
      ("https://api.test/x", "https://api.test/x", true),
      ("https://API.test:443/x", "https://api.test/x", true),
      ("https://api.test:444/x", "https://api.test:444/x", false),
      ("https://other.test/x", "https://other.test/x", false),
      ("https://api.test.evil.test/x", "https://api.test.evil.test/x", false),
      ("//other.test/x", "https://other.test/x", false),
    ])
  func trust(_ location: String, _ address: String, _ isTrusted: Bool) throws {
    var machine = try started(aGet)
    let target = try #require(self.target(machine.next(after: redirect(location))))
    #expect(target.address.absolute == address)
    #expect(target.isTrusted == isTrusted)
    #expect(machine.attempt == 1)
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

  @Test("http may lead to https, without the token")
  func upgrade() throws {
    var machine = try started(aGet, root: "http://localhost:8080")
    #expect(target(machine.next(after: redirect("https://localhost:8080/x")))?.isTrusted == false)
  }

  @Test("the way back to the root is without the token")
  func wayBack() throws {
    var machine = try started(aGet)
    _ = machine.next(after: redirect("https://other.test/"))
    #expect(target(machine.next(after: redirect("https://api.test/v2/actors")))?.isTrusted == false)
  }

  @Test("a retry begins at the root again, and counts redirects anew")
  func retryAfterRedirect() throws {
    var machine = try started(aGet)
    for _ in 0..<5 { _ = machine.next(after: redirect("https://other.test/")) }
    _ = machine.next(after: refused(503))
    guard case .send(let target) = machine.next(after: .paused) else {
      Issue.record("no new attempt")
      return
    }
    #expect(target.isTrusted && target.address.absolute == "https://api.test/v2/users/me")
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

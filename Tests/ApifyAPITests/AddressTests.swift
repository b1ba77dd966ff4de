// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Testing

@Suite("APIRoot")
struct APIRootTests {
  @Test(
    "a root is taken as people write it",
    arguments: [
      ("https://api.apify.com", "https://api.apify.com"), ("https://api.apify.com/", "https://api.apify.com"),
      ("https://api.apify.com/v2", "https://api.apify.com"),
      ("https://api.apify.com/v2/", "https://api.apify.com"),
      ("HTTPS://API.Apify.com:443//", "https://api.apify.com"), ("https://host:8443", "https://host:8443"),
      ("https://host/apify/v2/", "https://host/apify"), ("http://localhost:3333", "http://localhost:3333"),
      ("http://127.0.0.1:80/", "http://127.0.0.1"), ("http://127.8.9.1", "http://127.8.9.1"),
      ("http://[::1]:8080/v2", "http://[::1]:8080"),
    ])
  func accepted(_ text: String, _ expected: String) throws {
    #expect(try APIRoot(text).description == expected)
  }

  @Test(
    "an address of another scheme than http and https is none",
    arguments: [("ftp://host", "ftp"), ("file:///etc/passwd", "file"), ("//host", "")])
  func schemes(_ text: String, _ scheme: String) {
    #expect(throws: WebAddress.Problem.scheme(scheme)) { try WebAddress(text) }
  }

  @Test(
    "what is no root is refused with its reason",
    arguments: [
      ("", APIRootError.malformed), ("https://", .malformed), ("https:///v2", .malformed),
      ("api.apify.com", .unsupportedScheme("")), ("ftp://host", .unsupportedScheme("ftp")),
      ("https://user@host", .userInfo), ("https://user:secret@host", .userInfo), ("https://host?x", .query),
      ("https://host/v2?token=secret", .query), ("https://host/#x", .fragment), ("https://ho st", .malformed),
      ("https://host\n", .malformed), ("https://host:70000", .malformed), ("https://exämple.com", .malformed),
      ("http://example.com", .plainHTTP(host: "example.com")),
      ("http://127.0.0.1.evil.com", .plainHTTP(host: "127.0.0.1.evil.com")),
      ("http://localhost.evil.com", .plainHTTP(host: "localhost.evil.com")),
      ("http://emulator.localhost", .plainHTTP(host: "emulator.localhost")),
      ("http://localhost.:3333", .plainHTTP(host: "localhost.")), ("http://127.1", .plainHTTP(host: "127.1")),
      ("http://0177.0.0.1", .plainHTTP(host: "0177.0.0.1")), ("http://[::2]", .plainHTTP(host: "::2")),
      ("http://10.0.0.1", .plainHTTP(host: "10.0.0.1")),
    ])
  func refused(_ text: String, _ error: APIRootError) {
    #expect(throws: error) { try APIRoot(text) }
    #expect(!error.description.contains("secret"))
  }

  @Test("the platform's root is what its address says")
  func apify() throws {
    #expect(try APIRoot("https://api.apify.com/v2/") == .apify)
  }
}

@Suite("ActorReference")
struct ActorReferenceTests {
  @Test(
    "every way to name an Actor becomes one segment of the path",
    arguments: [
      ("hQdXPqtS6Kkq1tyyC", ActorReference.id("hQdXPqtS6Kkq1tyyC"), "hQdXPqtS6Kkq1tyyC"),
      ("my-actor", .id("my-actor"), "my-actor"),
      ("anna~my-actor", .named(owner: "anna", name: "my-actor"), "anna~my-actor"),
      ("anna/my-actor", .named(owner: "anna", name: "my-actor"), "anna~my-actor"),
      ("anna.b_c/my-actor", .named(owner: "anna.b_c", name: "my-actor"), "anna.b_c~my-actor"),
      ("~my-actor", .own(name: "my-actor"), "~my-actor"),
    ])
  func accepted(_ text: String, _ reference: ActorReference, _ segment: String) throws {
    #expect(try ActorReference(text) == reference)
    #expect(reference.pathSegment == segment)
  }

  @Test(
    "what isn't a reference is refused with its reason",
    arguments: [
      ("", ActorReferenceError.empty), ("~", .emptyPart), ("/", .emptyPart), ("anna~", .emptyPart),
      ("anna/", .emptyPart),
      ("/my-actor", .emptyPart), ("..", .emptyPart), ("../x", .emptyPart), ("anna/..", .emptyPart),
      ("a/b/c", .tooManyParts), ("~anna/x", .tooManyParts), ("a~~b", .tooManyParts),
      ("https://x", .tooManyParts), ("a b", .invalidCharacter(" ")), ("a?b", .invalidCharacter("?")),
      ("a%2Fb", .invalidCharacter("%")), ("é", .invalidCharacter("é")), ("a\nb", .invalidCharacter("\n")),
      (String(repeating: "a", count: 101), .tooLong),
    ])
  func refused(_ text: String, _ error: ActorReferenceError) {
    #expect(throws: error) { try ActorReference(text) }
  }

  @Test("an id made in code cannot leave its segment")
  func encoded() {
    #expect(ActorReference.id("a/../b?c").pathSegment == "a%2F..%2Fb%3Fc")
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Testing

@testable import ApifyAPI

@Suite("The proxies that the environment names")
struct ProxySettingsTests {
  private static func origin(_ text: String) throws -> Origin { try WebAddress(text).origin }

  private static func proxy(_ variables: [String: String], _ url: String) throws -> String {
    let proxy = try ProxySettings(variables: variables).proxy(for: origin(url))
    return proxy.map { "\($0.variable) \($0.host):\($0.port)" } ?? "none"
  }

  private static let variables: [([String: String], String, String)] = [
    ([:], "https://a.example", "none"),
    (["HTTPS_PROXY": "http://p:1"], "https://a.example", "HTTPS_PROXY p:1"),
    (["https_proxy": "http://p:1", "HTTPS_PROXY": "http://q:2"], "https://a.example", "https_proxy p:1"),
    (["https_proxy": "", "HTTPS_PROXY": "http://q:2"], "https://a.example", "HTTPS_PROXY q:2"),
    (["HTTP_PROXY": "http://p:1"], "https://a.example", "none"),
    (["HTTP_PROXY": "http://p:1"], "http://a.example", "HTTP_PROXY p:1"),
    (["ALL_PROXY": "http://p:1"], "https://a.example", "ALL_PROXY p:1"),
    (["ALL_PROXY": "http://p:1", "HTTPS_PROXY": "http://q:2"], "https://a.example", "HTTPS_PROXY q:2"),
    (["HTTPS_PROXY": "http://p:1"], "https://localhost:1", "none"),
    (["HTTPS_PROXY": "http://p:1"], "https://127.0.0.1", "none"),
    (["HTTPS_PROXY": "http://p:1"], "https://[::1]:8443", "none"),
    (["HTTPS_PROXY": "http://p:1"], "https://127.evil.example", "HTTPS_PROXY p:1"),
    (["HTTPS_PROXY": "http://p:1", "NO_PROXY": "*"], "https://a.example", "none"),
    (["HTTPS_PROXY": "http://p:1", "no_proxy": "b.example, A.example"], "https://a.example", "none"),
    (["HTTPS_PROXY": "nonsense nonsense", "NO_PROXY": "*"], "https://a.example", "none"),
  ]

  @Test("are chosen by scheme, in lower case first, and never for this machine", arguments: variables)
  func chosen(variables: [String: String], url: String, expected: String) throws {
    #expect(try Self.proxy(variables, url) == expected)
  }

  private static let exceptions: [(String, String, Bool)] = [
    ("example.com", "https://example.com", true), ("example.com", "https://api.example.com", true),
    ("example.com", "https://badexample.com", false), (".example.com", "https://api.example.com", true),
    (".example.com", "https://example.com", true), ("*.example.com", "https://a.b.example.com", true),
    ("EXAMPLE.com.", "https://example.com", true), ("example.com", "https://example.com.", true),
    ("example.com:443", "https://example.com", true), ("example.com:8443", "https://example.com", false),
    ("example.com:8443", "https://x.example.com:8443", true), ("*:8443", "https://a.example:8443", true),
    ("10.0.0.0/8", "https://10.1.2.3", true), ("10.0.0.0/8", "https://11.1.2.3", false),
    ("10.0.0.0/8", "https://10.example.com", false), ("192.168.4.0/22", "https://192.168.7.255", true),
    ("192.168.4.0/22", "https://192.168.8.0", false), ("1.2.3.4", "https://1.2.3.4", true),
    ("1.2.3.4", "https://1.2.3.5", false), ("1.2.3.4/32", "https://1.2.3.4", true),
    ("0.0.0.0/0", "https://1.2.3.4", true), ("0.0.0.0/0", "https://[fd00::1]", false),
    ("fd00::/8", "https://[fdff::1]", true), ("fd00::/8", "https://[fe00::1]", false),
    ("fd00::1", "https://[fd00:0::1]", true), ("[fd00::1]:443", "https://[fd00::1]", true),
    ("[fd00::1]:80", "https://[fd00::1]", false), ("10.0.0.0/33", "https://10.0.0.1", false),
    ("::ffff:10.0.0.1", "https://10.0.0.1", true), ("a.example b.example", "https://b.example", true),
    (",, ,", "https://a.example", false), (".", "https://a.example", false),
    ("a.example:x", "https://a.example", false),
    ("https://a.example", "https://a.example", false),
  ]

  @Test("are passed by for what NO_PROXY names", arguments: exceptions)
  func passedBy(list: String, url: String, isDirect: Bool) throws {
    let proxy = try Self.proxy(["HTTPS_PROXY": "p:1", "NO_PROXY": "x.invalid," + list], url)
    #expect((proxy == "none") == isDirect)
  }

  private static let addresses: [(String, String)] = [
    ("http://p:3128", "http p:3128"), ("p:3128", "http p:3128"), ("p", "http p:80"),
    ("http://p/", "http p:80"),
    ("HTTP://p:3128/x?y#z", "http p:3128"), ("http://[fd00::1]:3128", "http fd00::1:3128"),
    ("[fd00::1]", "http fd00::1:80"), ("socks5://p", "socks p:1080"), ("socks5h://p:9", "socks p:9"),
    ("http://jane:pass@p:1", "http p:1 jane pass"), ("jane:p%40s%3As@p:1", "http p:1 jane p@s:s"),
    ("http://jane:p@s/s@p:1", "http p:1 jane p@s/s"), ("http://jane@p:1", "http p:1 jane "),
    ("http://jane:a:b@p", "http p:80 jane a:b"), ("http://%zz:x@p", "http p:80 %zz x"),
  ]

  @Test("are read as users write them", arguments: addresses)
  func read(text: String, expected: String) throws {
    let proxy = try ProxyAddress(text, variable: "V")
    let credentials = proxy.credentials.map { " \($0.user) \($0.password)" } ?? ""
    #expect("\(proxy.kind) \(proxy.host):\(proxy.port)\(credentials)" == expected)
  }

  private static let broken: [(String, ProxyAddress.Problem)] = [
    ("https://p:1", .unsupportedScheme("https")), ("ftp://p", .unsupportedScheme("ftp")),
    ("http://", .malformed),
    ("http://p:x", .malformed), ("http://p:0", .malformed), ("http://p:65536", .malformed),
    ("http://a b", .malformed), ("http://[fd00::1", .malformed), ("http://jane:secret@", .malformed),
    ("http://a:b:1", .malformed), ("://p", .unsupportedScheme("")), ("http://p%2F:1", .malformed),
    ("socks5://jane:secret@p", .socksCredentials),
  ]

  @Test("are refused in words that repeat no password", arguments: broken)
  func refused(text: String, problem: ProxyAddress.Problem) throws {
    let settings = ProxySettings(variables: ["HTTPS_PROXY": text])
    let failure = try #require(throws: ProxySettings.Failure.self) {
      try settings.proxy(for: Self.origin("https://a.example"))
    }
    #expect(failure.problem == problem)
    #expect(!"\(failure)".contains("secret") && "\(failure)".hasPrefix("HTTPS_PROXY "))
  }

  @Test("show no password, however they are printed")
  func secret() throws {
    let settings = ProxySettings(variables: ["HTTPS_PROXY": "http://jane:secret@p:1"])
    let proxy = try #require(try settings.proxy(for: Self.origin("https://a.example")))
    var text = "\(settings) \(String(reflecting: settings)) \(proxy) \(String(reflecting: proxy))"
    dump(settings, to: &text)
    dump(proxy, to: &text)
    dump(Transport.Route(proxy: proxy, usesTLS: true), to: &text)
    #expect(!text.contains("secret") && !text.contains("jane"))
    #expect(proxy.authorization == "Basic amFuZTpzZWNyZXQ=")
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import TestSupport
import Testing

@testable import ApifyAPI

@Suite("A proxy", .timeLimit(.minutes(2)))
struct ProxyTests {
  private static let user = Answer.json(#"{"data":{"id":"u"}}"#)
  private static let url = "https://api.actorpush.test"

  @Test("is asked for the platform, and sees no more than its name", arguments: ["", "jane:pass@"])
  func asked(credentials: String) async throws {
    let certificates = try await Certificates()
    try await ScriptedServer.run([Self.user], tls: certificates.context(.good)) { server in
      try await ConnectProxy.run(to: server.port) { proxy in
        let client = try Recorder().client(of: Self.url) {
          $0.proxies = ProxySettings(variables: [
            "HTTPS_PROXY": "http://\(credentials)127.0.0.1:\(proxy.port)"
          ])
          $0.roots = TrustedRoots(variables: ["SSL_CERT_FILE": certificates.authority])
        }
        #expect(try await client.currentUser().id == "u")
        let head = try #require(proxy.heads.first)
        #expect(head.hasPrefix("CONNECT api.actorpush.test:443 HTTP/1.1\r\n") && proxy.heads.count == 1)
        #expect(
          head.lowercased().contains("proxy-authorization: basic amfuztpwyxnz\r\n") == !credentials.isEmpty)
        #expect(!head.contains(Recorder.secret))
        #expect(server.received[0]["Authorization"] == ["Bearer \(Recorder.secret)"])
        #expect(server.received[0]["Proxy-Authorization"].isEmpty)
        await client.shutdown()
      }
    }
  }

  @Test("is not asked for this machine, nor for what NO_PROXY names")
  func notAsked() async throws {
    try await ScriptedServer.run(Self.user) { server in
      try await ConnectProxy.run(to: server.port) { proxy in
        let all = "http://127.0.0.1:\(proxy.port)"
        let client = try Recorder().client(of: server.url) {
          $0.proxies = ProxySettings(variables: ["HTTP_PROXY": all, "HTTPS_PROXY": all, "ALL_PROXY": all])
        }
        #expect(try await client.currentUser().id == "u")
        await client.shutdown()
        let other = try Recorder().client(of: "https://127.0.0.2:\(server.port)", retries: 0) {
          $0.proxies = ProxySettings(variables: ["HTTPS_PROXY": all, "NO_PROXY": "127.0.0.0/8"])
        }
        _ = await apiError { try await other.currentUser() }
        await other.shutdown()
        #expect(proxy.heads.isEmpty)
      }
    }
  }

  private static let refusals: [(answer: String, credentials: String, says: String, attempts: Int)] = [
    (
      "407 Proxy Authentication Required", "", "wants a user and a password: http://USER:PASSWORD@HOST:PORT",
      1
    ),
    ("407 Proxy Authentication Required", "jane:secret@", "does not take the user and the password", 1),
    ("403 Forbidden", "jane:secret@", "makes no connection to api.actorpush.test:443", 3),
    ("502 Bad Gateway", "", "makes no connection to api.actorpush.test:443", 3),
    ("nonsense", "", "", 3),
  ]

  @Test("that refuses is told by its name and its variable, without its password", arguments: refusals)
  func refused(answer: String, credentials: String, says: String, attempts: Int) async throws {
    try await ConnectProxy.run(to: 1, answer: answer) { proxy in
      let client = try Recorder().client(of: Self.url) {
        $0.retries.maximumUnreachableRetries = 2
        $0.retries.maximumRetries = 2
        $0.proxies = ProxySettings(variables: ["https_proxy": "http://\(credentials)127.0.0.1:\(proxy.port)"])
      }
      let error = try #require(await apiError { try await client.currentUser() })
      #expect(error.message.contains(says), "\(error)")
      #expect(says.isEmpty || error.message.hasPrefix("the proxy 127.0.0.1:\(proxy.port) (https_proxy) "))
      #expect(error.attempts == attempts && !"\(error)".contains("secret"), "\(error)")
      await client.shutdown()
    }
  }

  @Test("that cannot be reached is told apart from the platform")
  func unreachable() async throws {
    let client = try Recorder().client(of: Self.url, retries: 0) {
      $0.proxies = ProxySettings(variables: ["HTTPS_PROXY": "127.0.0.1:9"])
    }
    let error = try #require(await apiError { try await client.currentUser() })
    #expect(error.message == "the proxy 127.0.0.1:9 (HTTPS_PROXY): connection refused")
    #expect(error.type == .unreachable)
    await client.shutdown()
    let broken = try Recorder().client(of: Self.url) {
      $0.proxies = ProxySettings(variables: ["HTTPS_PROXY": "https://p"])
    }
    let refused = try #require(await apiError { try await broken.currentUser() })
    #expect(refused.message.hasPrefix("HTTPS_PROXY names a proxy") && refused.attempts == 1)
    await broken.shutdown()
  }
}

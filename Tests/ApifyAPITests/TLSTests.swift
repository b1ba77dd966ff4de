// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import NIOSSL
import TestSupport
import Testing

@testable import ApifyAPI

@Suite("TLS", .timeLimit(.minutes(3)))
struct TLSTests {
  private static let user = Answer.json(#"{"data":{"id":"u"}}"#)
  private static let way = "name its certificate with --ca-file or SSL_CERT_FILE"

  /// What a call to a server of `kind` ends with; nil where it succeeds.
  private static func error(
    _ kind: Certificates.Kind, _ certificates: Certificates, host: String = "localhost",
    maximum: TLSVersion? = nil, roots: TrustedRoots
  ) async throws -> APIError? {
    let context = try certificates.context(kind, minimum: .tlsv1, maximum: maximum)
    return try await ScriptedServer.run([user], tls: context) { server in
      let client = try Recorder().client(of: "https://\(host):\(server.port)", retries: 3) {
        $0.roots = roots
      }
      let error = await apiError { try await client.currentUser() }
      await client.shutdown()
      if let error { expectWords(error) }
      #expect(server.received.count == (error == nil ? 1 : 0))
      return error
    }
  }

  /// Nothing of the library's own texts, and no second attempt.
  private static func expectWords(_ error: APIError, attempts: Int = 1) {
    for part in ["NIO", "SSL", "Error", ".cc", "OPENSSL", "handshakeFailed", "/checkouts/"] {
      let message = error.message.replacing("SSL_CERT_FILE", with: "").replacing("SSL_CERT_DIR", with: "")
      #expect(!message.contains(part), "\(error.message)")
    }
    #expect(error.type == .tls && error.attempts == attempts, "\(error)")
  }

  @Test("trusts the authorities that the environment and the option name")
  func trusted() async throws {
    let certificates = try await Certificates()
    let (file, folder) = (certificates.authority, certificates.folder("authorities"))
    var rows = [TrustedRoots(variables: ["SSL_CERT_FILE": file])]
    rows.append(
      TrustedRoots(variables: ["SSL_CERT_DIR": "/nonexistent-\(UInt64.random(in: 0...UInt64.max)):"]))
    rows[1].directories = TrustedRoots(variables: ["SSL_CERT_DIR": folder]).directories
    rows.append(TrustedRoots(variables: ["SSL_CERT_DIR": "\(folder)::"]))
    rows.append(TrustedRoots(variables: ["SSL_CERT_DIR": certificates.folder("digests")]))
    rows.append(
      TrustedRoots(variables: [
        "SSL_CERT_DIR": "\(certificates.folder("other-digests")):\(certificates.folder("digests"))"
      ]))
    var additional = TrustedRoots()
    additional.additional = [.init(path: Array(file.utf8), name: "--ca-file")]
    rows.append(additional)
    var both = TrustedRoots(variables: ["SSL_CERT_FILE": certificates.folder("own.pem")])
    both.additional = additional.additional
    rows.append(both)
    for roots in rows {
      for host in ["localhost", "127.0.0.1"] {
        #expect(try await Self.error(.good, certificates, host: host, roots: roots) == nil)
      }
    }
    // Where certificates lie by their digests, others are not looked for, as with OpenSSL.
    let digests = TrustedRoots(variables: ["SSL_CERT_DIR": certificates.folder("digests")])
    Self.expectWords(try #require(try await Self.error(.own, certificates, roots: digests)))
    // A certificate that is trusted itself.
    let own = TrustedRoots(variables: ["SSL_CERT_FILE": certificates.folder("own.pem")])
    #expect(try await Self.error(.own, certificates, roots: own) == nil)
  }

  @Test("tells what is wrong with a certificate, and what to do")
  func faults() async throws {
    let certificates = try await Certificates()
    let known = TrustedRoots(variables: ["SSL_CERT_FILE": certificates.authority])
    let unknown = TrustedRoots(variables: ["SSL_CERT_FILE": certificates.folder("own.pem")])
    let rows: [(Certificates.Kind, TrustedRoots, String)] = [
      (
        .expired, known,
        "the certificate of localhost expired on 2021-02-03 04:05 UTC; if this machine's clock"
      ),
      (.expired, unknown, "expired on 2021-02-03"),
      (
        .future, known,
        "the certificate of localhost is valid from 2048-01-01 00:00 UTC on; check this machine's clock"
      ),
      (
        .other, known,
        "the certificate is for one.example, *.two.example, not for localhost; check the address"
      ),
      (.good, unknown, "comes from an issuer \"Tests of actorpush\" that is not trusted; if that is right"),
      (.good, unknown, Self.way),
      (.own, known, "the certificate of localhost is signed by itself and not trusted"),
    ]
    for (kind, roots, says) in rows {
      let error = try #require(try await Self.error(kind, certificates, roots: roots))
      #expect(error.message.contains(says), "\(kind): \(error.message)")
    }
    let old = try #require(try await Self.error(.good, certificates, maximum: .tlsv11, roots: known))
    #expect(old.message.contains("offers no version of TLS that is still safe"), "\(old.message)")
  }

  @Test("tells it through a proxy as well")
  func throughProxy() async throws {
    let certificates = try await Certificates()
    try await ScriptedServer.run([Self.user], tls: certificates.context(.expired)) { server in
      try await ConnectProxy.run(to: server.port) { proxy in
        let client = try Recorder().client(of: "https://api.actorpush.test") {
          $0.roots = TrustedRoots(variables: ["SSL_CERT_FILE": certificates.authority])
          $0.proxies = ProxySettings(variables: ["HTTPS_PROXY": "http://jane:secret@127.0.0.1:\(proxy.port)"])
        }
        let error = try #require(await apiError { try await client.currentUser() })
        Self.expectWords(error)
        #expect(error.message.contains("the certificate of api.actorpush.test expired on 2021-02-03"))
        // The probe goes the same way.
        #expect(
          proxy.heads.count == 2
            && proxy.heads.allSatisfy { $0.lowercased().contains("basic amfuztpzzwnyzxq=") })
        await client.shutdown()
      }
    }
  }

  @Test("tells a server that does not speak it, and one that hangs up")
  func notTLS() async throws {
    try await ScriptedServer.run([Self.user]) { server in
      let client = try Recorder().client(of: "https://127.0.0.1:\(server.port)", retries: 1)
      let error = try #require(await apiError { try await client.currentUser() })
      #expect(error.type == .tls, "\(error)")
      #expect(
        error.message.contains("127.0.0.1:\(server.port)") && error.message.contains("speak TLS"), "\(error)")
      await client.shutdown()
    }
  }

  @Test("tells a file of authorities that cannot be used by who named it")
  func brokenRoots() async throws {
    let certificates = try await Certificates()
    let folder = certificates.folder
    try folder.folder("none")
    let rows: [([String: String], String)] = [
      (
        ["SSL_CERT_FILE": folder("missing.pem")],
        "SSL_CERT_FILE: \(folder("missing.pem")): no such file or directory"
      ),
      (
        ["SSL_CERT_FILE": folder("empty.pem")],
        "SSL_CERT_FILE: \(folder("empty.pem")): holds no certificate in PEM form"
      ),
      (["SSL_CERT_FILE": folder("none")], "SSL_CERT_FILE: \(folder("none")): is a directory"),
      (
        ["SSL_CERT_FILE": folder("key.pem")],
        "SSL_CERT_FILE: \(folder("key.pem")): holds no certificate in PEM form"
      ),
      (["SSL_CERT_DIR": folder("none")], "SSL_CERT_DIR: \(folder("none")): holds no certificate in PEM form"),
      (["SSL_CERT_DIR": folder("missing")], "SSL_CERT_DIR: \(folder("missing")): no such file or directory"),
    ]
    for (variables, says) in rows {
      let client = try Recorder().client(of: "https://127.0.0.1:9") {
        $0.roots = TrustedRoots(variables: variables)
      }
      let error = try #require(await apiError { try await client.currentUser() })
      #expect(error.message.lowercased() == says.lowercased())
      #expect(error.type == .tls && error.attempts == 1)
      await client.shutdown()
    }
  }

  @Test("reads a foreign certificate of any bytes without a trap")
  func hostile() async throws {
    let certificates = try await Certificates()
    let der = try #require(try NIOSSLCertificate.fromPEMFile(certificates.folder("other.pem")).first)
      .toDERBytes()
    let read = try #require(PeerCertificate(der: der))
    #expect(read.names == ["one.example", "*.two.example"] && read.issuer == "Tests of actorpush")
    #expect(!read.isSelfSigned && read.notBefore == 1_577_836_800)
    for count in 0..<der.count { #expect(PeerCertificate(der: Array(der.prefix(count))) == nil) }
    var random = SeededGenerator(7)
    for _ in 0..<20_000 {
      var changed = der
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        changed[Int.random(in: 0..<der.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = PeerCertificate(der: changed)
    }
  }

  @Test(
    "shows times as a calendar has them",
    arguments: [
      (0, "1970-01-01 00:00 UTC"), (951_782_399, "2000-02-28 23:59 UTC"),
      (951_782_400, "2000-02-29 00:00 UTC"),
      (1_735_689_599, "2024-12-31 23:59 UTC"), (4_107_542_400, "2100-03-01 00:00 UTC"),
      (-1, "1969-12-31 23:59 UTC"),
    ])
  func dates(seconds: Int, expected: String) { #expect(CivilDate.text(seconds) == expected) }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import NIOSSL
internal import SystemIO

/// Why a TLS handshake failed, as far as the library tells.
///
/// Its own texts are of no use to a user: they hold error numbers, and paths of the machine that built it.
enum TLSFailure: Hashable, Sendable {
  /// The certificate is not trusted.
  case untrusted
  /// It is for another host.
  case wrongName
  /// What answers does not speak TLS.
  case notTLS
  /// The server knows old versions of TLS only.
  case oldVersion
  /// The server asks for a certificate of the client's.
  case wantsCertificate
  /// The connection was closed in the handshake.
  case closed
  /// Another reason: "NO_CIPHERS_AVAILABLE".
  case other(String)

  /// Returns nil where `error` is none of TLS, or one of an established connection.
  init?(_ error: any Error) {
    switch error {
    case let error as NIOSSLExtraError:
      let isName = error == .failedToValidateHostname || error == .serverHostnameImpossibleToMatch
      self = isName ? .wrongName : .other("invalid host name")
    case NIOSSLError.handshakeFailed(let reason): self.init(reason)
    case let reason as BoringSSLError: self.init(reason)
    default: return nil
    }
  }

  private init(_ reason: BoringSSLError) {
    switch reason {
    case .sslError(let stack) where stack.contains(.eofDuringHandshake): self = .closed
    case .sslError(let stack), .unknownError(let stack), .invalidSNIName(let stack),
      .failedToSetALPN(let stack):
      self.init(names: stack.map { Self.name(in: $0.description) })
    case .syscallError, .zeroReturn: self = .closed
    default: self = .other("")
    }
  }

  private init(names: [String]) {
    func has(_ parts: String...) -> Bool {
      names.contains { name in parts.contains { name.utf8.holds($0) } }
    }
    if has("CERTIFICATE_VERIFY_FAILED") {
      self = .untrusted
    } else if has("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST", "UNEXPECTED_RECORD") {
      self = .notTLS
    } else if has("UNSUPPORTED_PROTOCOL", "ALERT_PROTOCOL_VERSION") {
      self = .oldVersion
    } else if has("CERTIFICATE_REQUIRED", "ALERT_BAD_CERTIFICATE", "ALERT_NO_CERTIFICATE") {
      self = .wantsCertificate
    } else {
      self = .other(names.first ?? "")
    }
  }

  /// The name of the reason in "… error:100000f7:SSL routines:OPENSSL_internal:NAME at path:line".
  private static func name(in text: String) -> String {
    let text = Array(text.utf8)
    let mark = Array("OPENSSL_internal:".utf8)
    guard let start = text.indices.first(where: { text[$0...].starts(with: mark) }) else { return "" }
    let name = text[(start + mark.count)...].prefix {
      UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
        || $0 == UInt8(ascii: "_")
    }
    return String(decoding: name, as: UTF8.self)
  }

  /// Whether another attempt may succeed.
  var isPermanent: Bool { self != .closed }

  /// What has happened and what to do, for failures that a look at the certificate does not explain.
  func description(of origin: Origin) -> String {
    let host = "\(origin.host):\(origin.port)"
    return switch self {
    case .untrusted: "the certificate of \(origin.host) is not trusted"
    case .wrongName: "the certificate of \(origin.host) is for another host"
    case .notTLS:
      "\(host) does not speak TLS; check the address"
        + (origin.isLoopback ? ", a local platform is reached by http://" : "")
    case .oldVersion: "\(host) offers no version of TLS that is still safe; it needs 1.2 or later"
    case .wantsCertificate: "\(host) asks for a certificate of the client, which is not supported"
    case .closed: "\(host) closed the connection in the TLS handshake; does it speak TLS?"
    case .other(let name): "the TLS handshake with \(host) failed" + (name.isEmpty ? "" : " (\(name))")
    }
  }
}

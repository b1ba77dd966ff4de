// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What is wrong with a certificate that is not trusted.
enum CertificateFault: Hashable, Sendable {
  /// It, or one above it, has expired: seconds since 1970.
  case expired(Int)
  /// It, or one above it, is not valid yet.
  case notYetValid(Int)
  /// It is for these names.
  case wrongName([String])
  /// It is signed by itself.
  case selfSigned
  /// Its issuer is not known here.
  case unknownIssuer(String)
  /// The server gave none that can be read.
  case unknown

  /// Judges `chain`, the server's own certificate first.
  ///
  /// - Parameters:
  ///   - hasWrongName: whether all but the name was found to be right.
  ///   - now: seconds since 1970.
  init(_ chain: [PeerCertificate], hasWrongName: Bool, now: Int) {
    guard let own = chain.first else {
      self = hasWrongName ? .wrongName([]) : .unknown
      return
    }
    if hasWrongName {
      self = .wrongName(own.names)
    } else if let late = chain.first(where: { $0.notAfter < now }) {
      self = .expired(late.notAfter)
    } else if let early = chain.first(where: { $0.notBefore > now }) {
      self = .notYetValid(early.notBefore)
    } else if own.isSelfSigned {
      self = .selfSigned
    } else {
      self = .unknownIssuer(chain.last?.issuer ?? own.issuer)
    }
  }

  /// The fault and the way out, in one line, to be escaped where it is shown.
  func description(of origin: Origin, roots: TrustedRoots, now: Int) -> String {
    let certificate = "the certificate of \(origin.host)"
    let way =
      roots.areMissing
      ? "this machine has no certificate authorities: install ca-certificates, or set SSL_CERT_FILE"
      : "if that is right (a company's own authority), name its certificate with --ca-file or SSL_CERT_FILE"
    switch self {
    case .expired(let end):
      return "\(certificate) expired on \(Self.date(end)); if this machine's clock is right "
        + "(\(Self.date(now))), the server needs a new one"
    case .notYetValid(let start):
      return
        "\(certificate) is valid from \(Self.date(start)) on; check this machine's clock (\(Self.date(now)))"
    case .wrongName(let names):
      let list = names.prefix(5).joined(separator: ", ")
      let more = names.count > 5 ? " and \(names.count - 5) more" : ""
      return "the certificate is for \(list.isEmpty ? "another host" : list)\(more), not for \(origin.host); "
        + "check the address (--api-url, APIFY_CLIENT_BASE_URL)"
    case .selfSigned: return "\(certificate) is signed by itself and not trusted; \(way)"
    case .unknownIssuer(let name):
      let issuer = name.isEmpty ? "" : " \"\(name)\""
      return "\(certificate) comes from an issuer\(issuer) that is not trusted; \(way)"
    case .unknown: return "\(certificate) is not trusted; \(way)"
    }
  }

  private static func date(_ seconds: Int) -> String { CivilDate.text(seconds) }
}

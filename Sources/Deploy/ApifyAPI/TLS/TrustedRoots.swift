// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import NIOSSL
package import SystemIO

/// The certificate authorities that a server's certificate may come from: the system's, unless the
/// environment names others.
package struct TrustedRoots: Hashable, Sendable {
  /// A file or a directory, and who named it.
  package struct Source: Hashable, Sendable {
    package let path: [UInt8]
    /// The variable or the option: "SSL_CERT_FILE".
    package let name: String

    package init(path: [UInt8], name: String) {
      self.path = path
      self.name = name
    }
  }

  /// Why the authorities cannot be read.
  package enum Failure: Error, Equatable, Sendable {
    case unreadable(Source, SystemError)
    /// No certificate in PEM form.
    case empty(Source)
  }

  /// Files that count in place of the system's.
  package var files: [Source] = []
  /// Directories that count in place of the system's, all of their files.
  package var directories: [Source] = []
  /// Files that count beside all others.
  package var additional: [Source] = []

  /// The system's.
  package init() {}

  /// Those that `variables` name as OpenSSL reads them: SSL_CERT_FILE, and SSL_CERT_DIR with colons in it.
  package init(variables: [String: String]) {
    if let file = variables["SSL_CERT_FILE"], !file.isEmpty {
      files.append(Source(path: Array(file.utf8), name: "SSL_CERT_FILE"))
    }
    for directory in variables["SSL_CERT_DIR"]?.split(separator: ":" as Character) ?? [] {
      directories.append(Source(path: Array(directory.utf8), name: "SSL_CERT_DIR"))
    }
  }

  /// Where systems keep their authorities that NIOSSL does not look for.
  private static let furtherFiles = [
    "/etc/ssl/cert.pem", "/etc/ssl/ca-bundle.pem", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/var/lib/ca-certificates/ca-bundle.pem", "/usr/local/share/certs/ca-root-nss.crt",
  ]
  private static let knownFiles = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"]

  /// Whether there is any authority, as far as files show.
  package var areMissing: Bool {
    #if os(Linux)
      files.isEmpty && directories.isEmpty && additional.isEmpty
        && (Self.knownFiles + Self.furtherFiles).allSatisfy { Paths.status(Array($0.utf8)) == nil }
    #else
      false
    #endif
  }

  /// The settings of a client that trusts them. Reads files.
  func configuration() throws(Failure) -> TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    if !files.isEmpty || !directories.isEmpty {
      var certificates: [NIOSSLCertificate] = []
      var lookup: String?
      for file in files { certificates += try Self.certificates(of: file) }
      for directory in directories {
        let names = try Self.names(in: directory)
        if lookup == nil, names.contains(where: Self.isDigestName) {
          // Those of one directory can be looked up when a server's certificate names its issuer.
          lookup = String(validating: directory.path, as: UTF8.self)
          if lookup != nil { continue }
        }
        certificates += try Self.certificates(names, in: directory)
      }
      if let lookup {
        configuration.trustRoots = .file(lookup)
        configuration.additionalTrustRoots.append(.certificates(certificates))
      } else {
        configuration.trustRoots = .certificates(certificates)
      }
    } else if let file = Self.systemFile {
      configuration.trustRoots = .file(file)
    }
    for file in additional {
      configuration.additionalTrustRoots.append(.certificates(try Self.certificates(of: file)))
    }
    return configuration
  }

  /// The system's file where NIOSSL finds none by itself.
  private static var systemFile: String? {
    #if os(Linux)
      let exists: (String) -> Bool = { Paths.status(Array($0.utf8)) != nil }
      return knownFiles.contains(where: exists) ? nil : furtherFiles.first(where: exists)
    #else
      return nil
    #endif
  }
}

extension TrustedRoots.Failure: CustomStringConvertible {
  /// One line, to be escaped where it is shown.
  package var description: String {
    switch self {
    case .unreadable(let source, let error):
      "\(source.name): \(TerminalText.utf8(source.path)): \(error.message)"
    case .empty(let source):
      "\(source.name): \(TerminalText.utf8(source.path)): holds no certificate in PEM form"
    }
  }
}

extension TrustedRoots {
  /// Reads all that is named.
  ///
  /// - Throws: what of it cannot be used.
  package func check() throws(Failure) { _ = try configuration() }
}

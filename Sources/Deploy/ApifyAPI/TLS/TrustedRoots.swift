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
      for file in files { certificates += try Self.certificates(of: file) }
      for directory in directories { certificates += try Self.certificates(in: directory) }
      configuration.trustRoots = .certificates(certificates)
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

  private static func certificates(of file: Source) throws(Failure) -> [NIOSSLCertificate] {
    let contents: [UInt8]
    do throws(SystemError) {
      contents = try Descriptor.open(CString(file.path), as: .fileThroughLinks).readAll(limit: 64 << 20)
    } catch {
      throw .unreadable(file, error)
    }
    guard let certificates = try? NIOSSLCertificate.fromPEMBytes(contents), !certificates.isEmpty else {
      throw .empty(file)
    }
    return certificates
  }

  /// Those of all files in `directory`; others than certificates may lie there, too.
  private static func certificates(in directory: Source) throws(Failure) -> [NIOSSLCertificate] {
    var names: [[UInt8]] = []
    do throws(SystemError) {
      var scanner = DirectoryScanner()
      try scanner.scan(Descriptor.open(CString(directory.path), as: .directoryThroughLinks))
      for name in scanner.names {
        let bytes = scanner.bytes(of: name)
        names.append(bytes.indices.map { bytes[$0] })
      }
    } catch {
      throw .unreadable(directory, error)
    }
    // The same certificate lies there by its name and by its digest.
    var found: Set<NIOSSLCertificate> = []
    for name in names {
      let file = Source(path: Paths.join(directory.path, name), name: directory.name)
      guard Paths.status(file.path)?.isDirectory == false else { continue }
      found.formUnion((try? certificates(of: file)) ?? [])
    }
    guard !found.isEmpty else { throw .empty(directory) }
    return Array(found)
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

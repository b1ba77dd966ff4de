// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import NIOSSL
internal import TestSupport

extension Certificates {
  /// The settings of a server with the certificate `kind`.
  func context(_ kind: Kind, minimum: TLSVersion = .tlsv12, maximum: TLSVersion? = nil) throws
    -> NIOSSLContext
  {
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMFile(folder("\(kind.rawValue).pem")).map {
        .certificate($0)
      }, privateKey: .privateKey(try NIOSSLPrivateKey(file: folder("key.pem"), format: .pem)))
    configuration.minimumTLSVersion = minimum
    configuration.maximumTLSVersion = maximum
    return try NIOSSLContext(configuration: configuration)
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO
import TestSupport
import Testing

@testable import ApifyAPI

@Suite("Certificate authorities")
struct TrustedRootsTests {
  @Test(
    "that cannot be read are an error that names the variable",
    arguments: [("SSL_CERT_FILE", ENOENT), ("SSL_CERT_DIR", ENOENT)])
  func unreadable(_ variable: String, _ code: Int32) {
    let path = "/nonexistent/authorities"
    let source = TrustedRoots.Source(path: Array(path.utf8), name: variable)
    #expect(throws: TrustedRoots.Failure.unreadable(source, SystemError(code: code))) {
      try TrustedRoots(variables: [variable: path]).configuration()
    }
  }

  @Test("without a certificate in PEM form are an error that names the file")
  func empty() throws {
    let folder = try TemporaryFolder()
    try folder.write("file", "no certificate\n")
    let source = TrustedRoots.Source(path: Array(folder("file").utf8), name: "SSL_CERT_FILE")
    #expect(throws: TrustedRoots.Failure.empty(source)) {
      try TrustedRoots(variables: ["SSL_CERT_FILE": folder("file")]).configuration()
    }
  }
}

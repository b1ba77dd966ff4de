// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import FoundationEssentials
import SystemIO
import TestSupport
import Testing

@testable import Deploy

/// The rows of the table of faults whose server has a certificate that cannot be trusted.
@Suite("A push to a server with a bad certificate", .timeLimit(.minutes(3)))
struct CertificateFaultTests {
  /// Accepts connections with the certificate in `sys.argv[1]`, and writes its port down.
  private static let server = """
    import os, socket, ssl, sys
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); context.load_cert_chain(sys.argv[1], 'key.pem')
    listener = socket.socket(); listener.bind(('127.0.0.1', 0)); listener.listen(50)
    name = sys.argv[2]
    with open(name + '.new', 'w') as file: file.write(str(listener.getsockname()[1]))
    os.rename(name + '.new', name)
    while True:
        try: context.wrap_socket(listener.accept()[0], server_side=True).close()
        except OSError: pass
    """

  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let kind: Certificates.Kind
    var trusted = "ca.pem"
    let line: [String]
    var testDescription: String { name }
  }

  static let rows = [
    Row(name: "certificate: expired", kind: .expired, line: ["expired on 2021-02-03", "nothing is changed"]),
    Row(
      name: "certificate: not valid yet", kind: .future,
      line: ["is valid from 2048-01-01", "clock", "nothing is changed"]),
    Row(name: "certificate: of another name", kind: .other, line: ["one.example", "nothing is changed"]),
    Row(
      name: "certificate: of an unknown authority", kind: .good, trusted: "own.pem",
      line: ["--ca-file", "nothing is changed"]),
    Row(name: "certificate: signed by itself", kind: .own, line: ["--ca-file", "nothing is changed"]),
  ]

  @Test("ends with the cause in words, and sends nothing", arguments: rows)
  func row(_ row: Row) async throws {
    let certificates = try await Certificates()
    let folder = certificates.folder
    let serving = Task {
      try await shell(
        "python3", ["-c", Self.server, "\(row.kind.rawValue).pem", "port"], in: folder.path)
    }
    defer { serving.cancel() }
    let port = try await waitUntil("the server") {
      try? String(contentsOfFile: folder("port"), encoding: .utf8)
    }
    let project = try TemporaryFolder()
    try project.write(".actor/actor.json", #"{"name": "shop", "version": "0.1"}"#)
    let context = OperationContext(
      variables: ["PATH": "/usr/local/bin:/usr/bin:/bin"], home: nil, stateDirectory: nil,
      spoolDirectories: [Array(folder.path.utf8)], cancellation: CancellationFlag())
    let push = try await Threads.run { () throws(DeployError) in
      try PushOperation(
        PushRequest(ProjectLocation(Array(project.path.utf8)), tool: "test"), context, events: { _ in })
    }
    var configuration = ClientConfiguration(userAgent: "tests")
    configuration.roots = TrustedRoots(variables: ["SSL_CERT_FILE": folder(row.trusted)])
    let client = ApifyClient(
      root: try APIRoot("https://localhost:\(port)"), token: try APIToken("apify_api_x"),
      configuration: configuration)
    let failure = try await failedPush { try await push.run(on: client, events: { _ in }) }
    await client.shutdown()
    let diagnosis = Diagnosis(try #require(failure))
    if ProcessInfo.processInfo.environment["ACTORPUSH_PRINT_TABLE"] == "1" {
      print("| \(row.name) | \(diagnosis.status.rawValue) | - | 0 | \(diagnosis.message) |")
    }
    #expect(diagnosis.status == .failed && diagnosis.type == "tls-error")
    for part in row.line { #expect(diagnosis.message.contains(part), "\(diagnosis.message)") }
  }
}

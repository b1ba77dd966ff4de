// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import SourcePackage
import SourceTree
import SystemIO
import TestSupport
import Testing

@Suite("The package writer")
struct PackageWriterTests {
  @Test("writes the same bytes on any number of threads", arguments: [1, 2, 3, 5, 8])
  func threads(_ count: Int) throws {
    let folder = try TemporaryFolder()
    for index in 0..<500 {
      try folder.write("d\(index % 9)/\(index)", String(repeating: "line \(index)\n", count: index))
    }
    // Large files are shared between threads: each segment must know whose it is.
    for (name, mask) in [("d1/large", UInt8(255)), ("d3/text", 127), ("d8/large", 255)] {
      try folder.write(name, (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0) & mask | 1 })
    }
    let alone = MemorySink(limit: 1 << 30)
    let together = MemorySink(limit: 1 << 30)
    let plan = try plan(folder)
    let one = try PackageWriter.write(plan, head: DocumentHead(), to: alone, settings: .init(threadCount: 1))
    let many = try PackageWriter.write(
      plan, head: DocumentHead(), to: together, settings: .init(threadCount: count))
    #expect(one == many)
    // Compared outside of the expectation, which would print megabytes.
    let isSame = alone.bytes == together.bytes
    #expect(isSame)
    #expect(one.documentBytes == alone.bytes?.count)
  }

  @Test("counts content as the platform does")
  func counts() throws {
    let folder = try TemporaryFolder()
    try folder.write("a", "\"é漢😀😀")
    try folder.write("b", [0, 1, 2, 3])
    let summary = try PackageWriter.write(try plan(folder), head: DocumentHead(), to: MemorySink(limit: 1000))
    #expect(summary.bytes == 1 + 2 + 3 + 8 + 4)
    #expect(summary.inlineBytes == 1 + 2 + 3 + 10 + 8)
    #expect(summary.largest.map(\.bytes) == [14, 4])
  }

  @Test("says what the head says, and nothing else")
  func head() throws {
    let folder = try TemporaryFolder()
    let sink = MemorySink(limit: 1000)
    let head = DocumentHead(
      versionNumber: "0.1", buildTag: "a\"b",
      environmentVariables: [.init(name: "N", value: "v\0\n", isSecret: true)])
    _ = try PackageWriter.write(try plan(folder), head: head, to: sink)
    #expect(
      sink.bytes.map { String(decoding: $0, as: UTF8.self) }
        == #"{"versionNumber":"0.1","sourceType":"SOURCE_FILES","buildTag":"a\"b","envVars":[{"name":"N","value":"v\u0000\n","isSecret":true}],"sourceFiles":[]}"#
    )
  }

  @Test("ends with the first failure in the order of names, whichever thread meets it")
  func failure() throws {
    let folder = try TemporaryFolder()
    for index in 0..<300 { try folder.write("f\(100 + index)", "x") }
    let plan = try plan(folder)
    for name in ["f390", "f150", "f250"] { try FileManager.default.removeItem(atPath: folder(name)) }
    for _ in 0..<20 {
      #expect(
        throws: PackageError.source(
          SourceTreeError(.vanished, path: Array("f150".utf8), system: SystemError(code: ENOENT)))
      ) {
        try PackageWriter.write(plan, head: DocumentHead(), to: MemorySink(limit: 1 << 20))
      }
    }
  }

  @Test("ends when the output takes no more")
  func fullOutput() throws {
    final class Full: ByteSink {
      func write(_ bytes: RawSpan) throws(SystemError) {
        if bytes.byteCount > 100 { throw SystemError(code: ENOSPC) }
      }
    }
    let folder = try TemporaryFolder()
    for index in 0..<300 { try folder.write("\(index)", "some text") }
    #expect(throws: PackageError.output(SystemError(code: ENOSPC))) {
      try PackageWriter.write(try plan(folder), head: DocumentHead(), to: Full())
    }
  }

  @Test(
    "compresses into what gzip reads, the same each time and on any number of threads", arguments: [1, 2, 5])
  func gzip(_ threads: Int) async throws {
    let folder = try oddTree()
    let head = DocumentHead(
      versionNumber: "0.1",
      environmentVariables: [
        .init(name: "LONG", value: String(repeating: "v", count: 100_000), isSecret: false)
      ])
    let plain = MemorySink(limit: 1 << 26)
    let one = try PackageWriter.write(try plan(folder), head: head, to: plain)
    let (summary, files) = try PackageWriter.compress(
      try plan(folder), limit: 1 << 26, settings: .init(threadCount: threads))
    let compressed = try #require(files)
    #expect(summary.digest == one.digest && summary.inlineBytes == one.inlineBytes)
    #expect(compressed.documentBytes(under: head) == one.documentBytes)
    let output = try await shell("gzip", ["-dc"], input: compressed.document(under: head))
    let isSame = output.bytes == plain.bytes
    #expect(output.status == 0 && isSame, "\(output.talk)")
  }

  @Test("makes no digest where none is asked for, and the same bytes", arguments: ["json", "zip"])
  func undigested(_ form: String) throws {
    let folder = try oddTree()
    var packages: [(summary: PackageSummary, bytes: [UInt8]?, records: [UInt8]?)] = []
    for hasDigest in [true, false] {
      let (sink, records) = (MemorySink(limit: 1 << 26), MemorySink(limit: 1 << 26))
      var settings = PackageWriter.Settings(manifest: records)
      settings.hasDigest = hasDigest
      let summary =
        if form == "zip" {
          try PackageWriter.writeZip(try plan(folder), to: sink, settings: settings)
        } else {
          try PackageWriter.write(try plan(folder), head: DocumentHead(), to: sink, settings: settings)
        }
      packages.append((summary, sink.bytes, records.bytes))
    }
    #expect(packages[0].summary.digest.count == 64 && packages[0].records?.isEmpty == false)
    #expect(packages[1].summary.digest.isEmpty && packages[1].records?.isEmpty == true)
    let isSame = packages[0].bytes != nil && packages[0].bytes == packages[1].bytes
    #expect(isSame)
    packages[0].summary.digest = ""
    #expect(packages[0].summary == packages[1].summary)
  }

  @Test("gives up at the first byte over an inline limit")
  func limit() throws {
    let folder = try TemporaryFolder()
    for index in 0..<200 { try folder.write("\(index)", "0123456789") }
    for (limit, isEnough) in [(1999, false), (2000, true)] {
      let written = try? PackageWriter.compress(
        try plan(folder), limit: 1 << 20, settings: .init(inlineLimit: limit))
      #expect((written != nil) == isEnough)
    }
    #expect(throws: PackageError.overLimit) {
      try PackageWriter.compress(try plan(folder), limit: 1 << 20, settings: .init(inlineLimit: 1999))
    }
  }
}

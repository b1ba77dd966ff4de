// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SourcePackage
import TestSupport
import Testing

@Suite("A manifest")
struct ManifestTests {
  private func manifest(_ folder: TemporaryFolder) throws -> (Manifest, PackageSummary) {
    let records = MemorySink(limit: 1 << 24)
    let summary = try PackageWriter.write(
      try plan(folder), head: DocumentHead(), to: MemorySink(limit: 1 << 26),
      settings: .init(manifest: records))
    return (try Manifest(try #require(records.bytes)), summary)
  }

  /// The manifest of what somebody holds in memory; nil for a folder.
  private func manifest(of files: [(name: [UInt8], content: [UInt8]?)]) throws -> Manifest {
    var builder = Manifest.Builder()
    for (name, content) in files {
      guard let content else {
        builder.add(folder: name)
        continue
      }
      try builder.add(file: name, byteCount: content.count) { emit in
        // In parts of an odd size.
        let bytes = unsafe content.span.bytes
        for start in stride(from: 0, to: content.count, by: 100_001) {
          try emit(bytes.extracting(start..<min(start + 100_001, content.count)))
        }
      }
    }
    return try builder.finish()
  }

  @Test("has nothing of a file whose contents could not be given to the end")
  func brokenOff() throws {
    struct Broken: Error {}
    var builder = Manifest.Builder()
    var whole = Manifest.Builder()
    #expect(throws: Broken.self) {
      try builder.add(file: Array("a".utf8), byteCount: 1) { _ in throw Broken() }
    }
    try builder.add(file: Array("b".utf8), byteCount: 0) { _ in }
    try whole.add(file: Array("b".utf8), byteCount: 0) { _ in }
    let (manifest, expected) = (try builder.finish(), try whole.finish())
    #expect(manifest == expected)
  }

  @Test("has the package's digest, and its entries")
  func digest() throws {
    let (manifest, summary) = try manifest(try oddTree())
    #expect(manifest.digest == summary.digest)
    #expect(manifest.fileCount == summary.files)
    #expect(manifest.entries.count == summary.files + summary.folders)
    #expect(manifest.entries.reduce(0) { $0 + $1.byteCount } == summary.bytes)
  }

  @Test("that is made without a package is that of the package", arguments: [false, true], [1, 4])
  func withoutPackage(isZip: Bool, threads: Int) throws {
    let folder = try oddTree()
    defer { withExtendedLifetime(folder) {} }
    let plan = try plan(folder)
    let records = MemorySink(limit: 1 << 24)
    let settings = PackageWriter.Settings(manifest: records)
    let nowhere = MemorySink(limit: 0)
    let summary =
      if isZip {
        try PackageWriter.writeZip(plan, to: nowhere, settings: settings)
      } else {
        try PackageWriter.write(plan, head: DocumentHead(), to: nowhere, settings: settings)
      }
    let manifest = try PackageWriter.examine(plan, isZip: isZip, settings: .init(threadCount: threads))
      .manifest
    let isSame = manifest.records == records.bytes
    #expect(isSame)
    #expect(manifest.digest == summary.digest)
    #expect(manifest.fileCount == summary.files)
    #expect(manifest.entries.count { $0.isExecutable } == (isZip ? 1 : 0))
  }

  @Test("of no files is empty", arguments: [false, true])
  func withoutFiles(isZip: Bool) throws {
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let manifest = try PackageWriter.examine(try plan(folder), isZip: isZip).manifest
    #expect(manifest == .empty)
  }

  @Test("is the same for what the platform gives back, in any order")
  func sourceFiles() throws {
    let folder = try TemporaryFolder()
    let large = (0..<1_700_000).map { UInt8(truncatingIfNeeded: $0) }
    try folder.write("src/large", large)
    try folder.write("src-old", "x")
    try folder.write("src/empty", [])
    let back = try manifest(of: [
      (Array("src/large".utf8), large), (Array("src".utf8), nil), (Array("src/empty".utf8), []),
      (Array("src-old".utf8), Array("x".utf8)),
    ])
    #expect(try manifest(folder).0 == back)
    #expect(throws: Manifest.Malformed.self) { try manifest(of: [([1], []), ([1], nil)]) }
  }

  @Test("that is cut off or changed is none, or another one")
  func malformed() throws {
    let folder = try TemporaryFolder()
    try folder.write("a/b", "text")
    try folder.write("c", "more")
    let whole = try manifest(folder).0
    // Behind an entry it ends as a shorter manifest does.
    let ends = [0, 10, 10 + 1 + 8 + 3 + 8 + 32]
    for count in 0..<whole.records.count where !ends.contains(count) {
      #expect(throws: Manifest.Malformed.self) { try Manifest(Array(whole.records.prefix(count))) }
    }
    var random = SeededGenerator(seed: 3)
    for _ in 0..<2000 {
      var records = whole.records
      records[Int.random(in: records.indices, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
      if let other = try? Manifest(records) { #expect(other.digest != whole.digest) }
    }
  }

  @Test("tells what differs from another one")
  func difference() throws {
    func manifest(_ files: [(String, String?)]) throws -> Manifest {
      try self.manifest(of: files.map { (Array($0.0.utf8), $0.1.map { Array($0.utf8) }) })
    }
    let old = try manifest([
      ("a", nil), ("a/same", "1"), ("a/text", "old"), ("b", nil), ("b/gone", ""), ("x", ""),
    ])
    let new = try manifest([("a", nil), ("a/same", "1"), ("a/text", "new"), ("a/z", "+"), ("x", nil)])
    let changes = ManifestDifference(from: old, to: new).changes
    let text = changes.map {
      "\($0.kind) \(String(decoding: $0.name, as: UTF8.self))\($0.isFolder ? "/" : "")"
    }
    #expect(text == ["changed a/text", "added a/z", "removed b/", "removed b/gone", "removed x", "added x/"])
    let shown = ManifestDifference(from: old, to: new).filesAndEmptyFolders.map {
      String(decoding: $0.name, as: UTF8.self)
    }
    #expect(shown == ["a/text", "a/z", "b/gone", "x", "x"])
    #expect(ManifestDifference(from: old, to: old).changes.isEmpty)
  }
}

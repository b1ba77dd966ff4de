// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import SourcePackage
import SourceTree
import SystemIO
import TestSupport
import Testing

@Suite("A zip")
struct ZipTests {
  /// Compares a zip, member by member, with the folder it was made of, and prints what there is to complain
  /// about.
  private static let compare = """
    import os, sys, zipfile
    archive, root = zipfile.ZipFile(sys.argv[1]), sys.argv[2]
    assert archive.testzip() is None
    want = {}
    for folder, folders, files in os.walk(root):
        for name in folders:
            want[os.path.relpath(os.path.join(folder, name), root) + '/'] = None
        for name in files:
            path = os.path.join(folder, name)
            want[os.path.relpath(path, root)] = path
    names = archive.namelist()
    assert sorted(names) == sorted(want), set(names) ^ set(want)
    # In the byte order of names without the slash, a folder before what it holds.
    assert names == sorted(names, key=lambda name: name.rstrip('/').encode())
    for info in archive.infolist():
        mode, path = info.external_attr >> 16, want[info.filename]
        assert info.date_time == (1980, 1, 1, 0, 0, 0) and info.create_system == 3, info
        if path is None:
            assert mode == 0o40755 and info.external_attr & 0x10 and info.file_size == 0, info
        else:
            assert mode == (0o100755 if os.access(path, os.X_OK) and os.stat(path).st_mode & 0o100 else 0o100644), info
            assert archive.read(info) == open(path, 'rb').read(), info
    print(len(names), 'members')
    """

  @Test("is read back by Python, byte for byte, with modes and empty folders")
  func python() async throws {
    let folder = try oddTree()
    let work = try TemporaryFolder()
    let summary = try writeZip(folder, to: work("a.zip"))
    let output = try await shell("python3", ["-c", Self.compare, work("a.zip"), folder.path])
    #expect(output.status == 0, "\(output.talk)")
    #expect(output.text == "\(summary.files + summary.folders) members\n")
    #expect(summary.documentBytes == (try Data(contentsOf: URL(fileURLWithPath: work("a.zip"))).count))
  }

  @Test(
    "is fine by other programs",
    arguments: [
      ("unzip", ["-tq"]), ("bsdtar", ["-tf"]), ("7z", ["t"]), ("zip", ["-T"]),
    ])
  func programs(_ program: String, _ arguments: [String]) async throws {
    let folder = try oddTree()
    let work = try TemporaryFolder()
    _ = try writeZip(folder, to: work("a.zip"))
    guard let output = try? await shell(program, arguments + [work("a.zip")]) else { return }
    #expect(output.status == 0, "\(output.text)\(output.talk)")
  }

  @Test("is the same on any number of threads", arguments: [1, 2, 3, 5, 8])
  func threads(_ count: Int) throws {
    let folder = try oddTree()
    let (alone, one) = try zip(folder, threads: 1)
    let (together, many) = try zip(folder, threads: count)
    #expect(one == many)
    let isSame = alone == together
    #expect(isSame)
  }

  @Test("has the digest of the same tree as JSON, unless something is executable")
  func digest() throws {
    let folder = try TemporaryFolder()
    try folder.write("a/b", "text")
    try folder.write("a/large", [UInt8](repeating: 200, count: 2_000_000))
    let json = try PackageWriter.write(try plan(folder), head: DocumentHead(), to: MemorySink(limit: 1 << 24))
    #expect(try zip(folder).summary.digest == json.digest)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder("a/b"))
    #expect(try zip(folder).summary.digest != json.digest)
  }

  @Test("does not try to compress what is compressed")
  func stored() throws {
    let folder = try TemporaryFolder()
    var random = SeededGenerator(seed: 1)
    for size in [50_000, 2_000_000] {
      try folder.write("\(size)", (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
    let bytes = try zip(folder).bytes
    // Two headers, two directory entries and the end, and nothing but the contents besides.
    #expect(bytes.count < 2_050_000 + 300)
  }

  @Test("of nothing is one that programs take")
  func empty() async throws {
    let folder = try TemporaryFolder()
    #expect(try zip(folder).bytes == [0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 18))
  }

  @Test("ends when a file shrinks while it is written")
  func shrinks() throws {
    let folder = try TemporaryFolder()
    try folder.write("large", [UInt8](repeating: 1, count: 5_000_000))
    let plan = try plan(folder)
    let path = folder("large")
    /// Cuts the file when the first bytes come.
    final class Cutting: ByteSink {
      let path: String
      init(_ path: String) { self.path = path }
      func write(_ bytes: RawSpan) throws(SystemError) {
        guard unsafe bytes.byteCount == 0 || truncate(path, 1000) == 0 else { throw .current }
      }
    }
    #expect(throws: PackageError.source(SourceTreeError(.changed, path: Array("large".utf8)))) {
      try PackageWriter.writeZip(plan, to: Cutting(path))
    }
  }

  @Test("ends when a file that is stored changes and has the time and the size of before")
  func rewritten() throws {
    let folder = try TemporaryFolder()
    var random = SeededGenerator(seed: 1)
    let block = (0..<1_000_000).map { _ in UInt8.random(in: 0...255, using: &random) }
    try folder.write("large", (0..<40).flatMap { _ in block })
    let plan = try plan(folder)
    /// Writes near the file's end when the first bytes come, and puts its time back.
    final class Rewriting: ByteSink {
      let path: String
      init(_ path: String) { self.path = path }
      func write(_ bytes: RawSpan) throws(SystemError) {
        if bytes.byteCount == 0 { return }
        guard let status = Paths.status(Array(path.utf8)) else { throw .current }
        let (seconds, rest) = status.modified.quotientAndRemainder(dividingBy: 1_000_000_000)
        let time = timespec(tv_sec: seconds, tv_nsec: rest)
        let file = unsafe open(path, O_WRONLY)
        defer { close(file) }
        guard unsafe pwrite(file, "changed", 7, 39_500_000) == 7,
          unsafe futimens(file, [time, time]) == 0
        else { throw .current }
      }
    }
    #expect(throws: PackageError.source(SourceTreeError(.changed, path: Array("large".utf8)))) {
      try PackageWriter.writeZip(plan, to: Rewriting(folder("large")))
    }
  }

  @Test("is not begun again when somebody asks for an end")
  func interrupted() throws {
    let folder = try TemporaryFolder()
    for index in 0..<300 { try folder.write("\(index)", "text") }
    let cancellation = CancellationFlag()
    cancellation.cancel()
    #expect(throws: PackageError.interrupted) {
      try PackageWriter.writeZip(
        try plan(folder), to: MemorySink(limit: 1 << 20), settings: .init(cancellation: cancellation))
    }
  }
}

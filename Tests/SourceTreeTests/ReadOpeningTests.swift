// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO
import TestSupport
import Testing

@testable import SourceTree

@Suite("A file that is read when it is opened")
struct ReadOpeningTests {
  private static let limit = 100_000
  /// Around what is read before the size is known, and around the limit.
  private static let sizes = [0, 1, 4096, 65_535, 65_536, 65_537, 99_999, 100_000, 100_001, 200_000]

  @Test("has all its bytes, whether it was left alone for a while or not", arguments: [false, true])
  func bytes(_ isOld: Bool) async throws {
    let folder = try TemporaryFolder()
    for size in Self.sizes { try folder.write("\(size)", Self.content(size)) }
    if isOld { try await Task.sleep(for: .milliseconds(2100)) }
    let plan = try Walk.plan(Array(folder.path.utf8), options: WalkOptions())
    var reader = try PlanReader(plan)
    var buffer = ReadBuffer(capacity: Self.limit + 10)
    var clock = FileClock()
    for index in plan.entries.indices {
      let size = try #require(Int(String(decoding: plan.path(of: index), as: UTF8.self)))
      let moment = try #require(FileClock.now)
      let file = try reader.open(index, readingInto: &buffer, limit: Self.limit)
      let (isRead, count) = (file.isRead, file.status.byteCount)
      #expect(count == size)
      let path = CString(Array(folder("\(size)").utf8))
      let again = try Descriptor.open(path, as: .file)
      let isTrusted = clock.isUntouched(again, file.status, since: moment)
      #expect(isRead == (size <= Self.limit && isTrusted), "\(size)")
      if !isOld { #expect(!isRead) }
      // What was not read is read now: neither from where the first look ended, nor twice.
      if size <= Self.limit, !isRead {
        try file.readAll(into: &buffer)
        try file.checkUnchanged(afterReading: buffer.count)
      }
      let bytes = buffer.array
      if size <= Self.limit { #expect(bytes == Self.content(size), "\(size)") }
    }
  }

  @Test(
    "is not taken for the one that has its place now", arguments: ["link", "fifo", "directory", "nothing"])
  func replaced(_ kind: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write("file", "text")
    let plan = try Walk.plan(Array(folder.path.utf8), options: WalkOptions())
    let commands = [
      "link": "ln -s /etc/hostname file", "fifo": "mkfifo file", "directory": "mkdir file", "nothing": ":",
    ]
    #expect(try await shell("sh", ["-c", "rm file; \(commands[kind] ?? "")"], in: folder.path).status == 0)
    var reader = try PlanReader(plan)
    var buffer = ReadBuffer(capacity: Self.limit)
    var failure: SourceTreeError?
    do throws(SourceTreeError) {
      _ = try reader.open(0, readingInto: &buffer, limit: Self.limit).status
    } catch { failure = error }
    #expect(failure?.code == (kind == "nothing" ? .vanished : .changed))
    #expect(failure?.path == Array("file".utf8))
  }

  private static func content(_ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ size) }
  }
}

extension ReadBuffer {
  fileprivate var array: [UInt8] { (0..<count).map { bytes.byte(at: $0) } }
}

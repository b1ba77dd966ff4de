// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import TestSupport
import Testing

@testable import SystemIO

@Suite("A file that is looked at once")
struct FileClockTests {
  private static let second = 1_000_000_000

  @Test(
    "is trusted from two seconds after its last change on, and only in a file system of this machine",
    arguments: [(0, false), (1, false), (2, false), (3, true), (100, true)])
  func untouched(_ seconds: Int, _ isTrusted: Bool) async throws {
    let folder = try TemporaryFolder()
    try folder.write("file", "text")
    let file = try Descriptor.open(CString(Array(folder("file").utf8)), as: .file)
    let status = try file.status()
    var clock = FileClock()
    let moment = status.changed + seconds * Self.second
    let isLocal = try await Self.isLocal(folder)
    let isTrusted = isTrusted && isLocal
    for _ in ["at first", "again"] {
      let answer = clock.isUntouched(file, status, since: moment)
      #expect(answer == isTrusted)
    }
  }

  @Test("has the time of its last change whatever time it was given")
  func givenTime() throws {
    let folder = try TemporaryFolder()
    try folder.write("file", "text")
    let path = folder("file")
    let before = try #require(FileClock.now)
    var times = [timeval(tv_sec: 1_000_000_000, tv_usec: 0), timeval(tv_sec: 1_000_000_000, tv_usec: 0)]
    #expect(unsafe utimes(path, &times) == 0)
    let file = try Descriptor.open(CString(Array(path.utf8)), as: .file)
    let status = try file.status()
    #expect(status.modified == 1_000_000_000 * Self.second)
    #expect(status.changed >= before)
    var clock = FileClock()
    let answer = clock.isUntouched(file, status, since: before)
    #expect(!answer)
  }

  @Test("is not trusted where the system makes its contents up")
  func made() throws {
    let file = try Descriptor.open(CString(Array("/proc/self/status".utf8)), as: .file)
    var clock = FileClock()
    let answer = try clock.isUntouched(file, file.status(), since: .max)
    #expect(!answer)
  }

  /// Whether coreutils know the folder's file system as one of this machine.
  private static func isLocal(_ folder: TemporaryFolder) async throws -> Bool {
    let local = ["ext2/ext3", "xfs", "btrfs", "f2fs", "tmpfs", "overlayfs", "bcachefs", "zfs"]
    let name = try await shell("stat", ["-f", "-c", "%T", folder.path], in: folder.path).text
    return local.contains(name.split(separator: "\n").joined())
  }
}

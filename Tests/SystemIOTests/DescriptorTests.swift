// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Synchronization
import SystemIO
import TestSupport
import Testing

@Suite("Descriptors")
struct DescriptorTests {
  @Test("A file that does not exist is ENOENT, and a link is not followed unless asked")
  func access() throws {
    let directory = try TemporaryFolder()
    try directory.write("file", "text")
    try directory.link("link", to: "file")
    #expect(throws: SystemError(code: ENOENT)) {
      _ = try Descriptor.open(CString(directory("none")), as: .file)
    }
    #expect(throws: SystemError(code: ELOOP)) {
      _ = try Descriptor.open(CString(directory("link")), as: .file)
    }
    #expect(throws: SystemError(code: ENOTDIR)) {
      _ = try Descriptor.open(CString(directory("file")), as: .directory)
    }
    let linked = try Descriptor.open(CString(directory("link")), as: .fileThroughLinks)
    #expect(try linked.readAll() == Array("text".utf8))
  }

  @Test("A descriptor is closed with its owner, and not inherited")
  func ownership() throws {
    let directory = try TemporaryFolder()
    var rawValue: Int32
    do {
      let descriptor = try Descriptor.open(CString(directory.path), as: .directory)
      rawValue = descriptor.rawValue
      #expect(fcntl(rawValue, F_GETFD) & FD_CLOEXEC != 0)
    }
    // Another test may have been given the same one meanwhile: never for this directory.
    let status = try? Paths.status(CString("/proc/self/fd/\(rawValue)"))
    #expect(status?.identity != Paths.status(Array(directory.path.utf8))?.identity)
  }

  @Test(
    "bytes(at:) ends at the end of the file",
    arguments: [(0, 3, "abc"), (3, 9, "def"), (6, 4, ""), (9, 1, "")])
  func offsets(offset: Int, count: Int, expected: String) throws {
    let directory = try TemporaryFolder()
    try directory.write("file", "abcdef")
    let file = try Descriptor.open(CString(directory("file")), as: .file)
    #expect(try file.bytes(at: offset, count: count) == Array(expected.utf8))
  }

  @Test(
    "readAll gives a file of the limit's size, and is EFBIG for one byte more", arguments: [0, 1, 4095, 9000])
  func limit(size: Int) throws {
    let directory = try TemporaryFolder()
    let contents = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
    try directory.write("file", contents)
    let path = CString(directory("file"))
    #expect(try Descriptor.open(path, as: .file).readAll(limit: size) == contents)
    if size > 0 {
      #expect(throws: SystemError(code: EFBIG)) {
        try Descriptor.open(path, as: .file).readAll(limit: size - 1)
      }
    }
  }

  @Test("readAll reads a file without a known size, as those of /proc")
  func unknownSize() throws {
    let path = CString("/proc/self/maps")
    guard let file = try? Descriptor.open(path, as: .file) else { return }
    #expect(try file.status().byteCount == 0)
    #expect(try file.readAll().count > 4096)
  }

  @Test(
    "write puts all bytes into a pipe that takes few at a time and does not block", .timeLimit(.minutes(1)))
  func shortWrites() async throws {
    let pipe = try Pipe()
    #expect(fcntl(pipe.writing, F_SETFL, O_NONBLOCK) == 0)
    let sent = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    let writing = pipe.writing
    async let sending: Void = Threads.run { () throws(SystemError) in
      defer { close(writing) }
      try Descriptor.write(sent, to: writing)
    }
    let received = try await Threads.run { [reading = pipe.reading] () throws(SystemError) -> [UInt8] in
      // A slow reader: the pipe is full before it begins.
      Threads.pause(milliseconds: 30)
      return try Descriptor(owning: reading).readAll()
    }
    try await sending
    #expect(received == sent)
  }

  @Test("A read that a signal interrupts goes on", .timeLimit(.minutes(1)))
  func interruptedRead() async throws {
    var action = sigaction()
    #if canImport(Darwin)
      unsafe action.__sigaction_u.__sa_handler = { _ in interruptions.add(1, ordering: .relaxed) }
    #else
      unsafe action.__sigaction_handler.sa_handler = { _ in interruptions.add(1, ordering: .relaxed) }
    #endif
    // Without SA_RESTART: read(2) returns EINTR.
    #expect(unsafe sigaction(SIGUSR2, &action, nil) == 0)
    let pipe = try Pipe()
    let reader = Mutex<pthread_t?>(nil)
    let reading = pipe.reading
    let shared = Shared(reader)
    async let received = Threads.run { () throws(SystemError) -> [UInt8] in
      // A thread inherits its signal mask, and the threads of the pool block signals.
      var signals = sigset_t()
      unsafe sigemptyset(&signals)
      unsafe sigaddset(&signals, SIGUSR2)
      unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
      shared.value.withLock { $0 = pthread_self() }
      return try Descriptor(owning: reading).readAll()
    }
    while interruptions.load(ordering: .relaxed) < 3 {
      if let thread = shared.value.withLock({ $0 }) { pthread_kill(thread, SIGUSR2) }
      try await Task.sleep(for: .milliseconds(5))
    }
    try Descriptor.write(Array("done".utf8), to: pipe.writing)
    close(pipe.writing)
    #expect(try await received == Array("done".utf8))
  }

  @Test("A write to a closed pipe is EPIPE")
  func closedPipe() throws {
    signal(SIGPIPE, SIG_IGN)
    let pipe = try Pipe()
    close(pipe.reading)
    defer { close(pipe.writing) }
    #expect(throws: SystemError(code: EPIPE)) { try Descriptor.write([1], to: pipe.writing) }
  }
}

private let interruptions = Atomic(0)

/// A value without copies, held by two tasks.
private final class Shared<Value: ~Copyable & Sendable>: Sendable {
  let value: Value
  init(_ value: consuming sending Value) { self.value = value }
}

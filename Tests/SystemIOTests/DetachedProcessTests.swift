// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO
import TestSupport
import Testing

@Suite("Detached processes")
struct DetachedProcessTests {
  /// Runs `script` detached, with `variables`, and returns what its log holds once that ends with "end".
  private func log(_ script: String, _ variables: [String: String] = [:]) async throws -> String {
    let directory = try TemporaryFolder()
    let path = Array(directory("log").utf8)
    try DetachedProcess.start(
      Array("/bin/sh".utf8), ["-c", script + "; echo end"], variables: variables, log: path)
    while true {
      let text = String(decoding: Paths.contents(path) ?? [], as: UTF8.self)
      if text.hasSuffix("end\n") { return text }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  @Test("Both outputs go to the log, the input is empty", .timeLimit(.minutes(1)))
  func streams() async throws {
    #expect(try await log("echo out; echo err >&2; cat") == "out\nerr\nend\n")
  }

  @Test("It has the variables that were given and no others", .timeLimit(.minutes(1)))
  func environment() async throws {
    let text = try await log("echo \"$GIVEN|$HOME|\"", ["GIVEN": "a b"])
    #expect(text == "a b||\nend\n")
  }

  @Test("It leads a session of its own and inherits no file", .timeLimit(.minutes(1)))
  func isolation() async throws {
    let pipe = try Pipe()
    defer {
      close(pipe.reading)
      close(pipe.writing)
    }
    let text = try await log(
      "test -e /dev/fd/\(pipe.writing) && echo inherited; read -r a b c d e f g < /proc/self/stat; echo $(($a == $f))"
    )
    // Field 6 of /proc/PID/stat is the session; of the shell, it is its own pid.
    #expect(text == "1\nend\n")
  }

  @Test("It leaves no zombie behind", .timeLimit(.minutes(1)))
  func reaped() async throws {
    let text = try await log("echo $$")
    let process = Array("/proc/\(text.prefix { $0 != "\n" })".utf8)
    let start = ContinuousClock.now
    while Paths.status(process) != nil, ContinuousClock.now - start < .seconds(30) {
      try await Task.sleep(for: .milliseconds(5))
    }
    let isThere = Paths.status(process) != nil
    #expect(!isThere)
  }

  @Test("A program that does not exist is ENOENT")
  func missing() throws {
    let directory = try TemporaryFolder()
    #expect(throws: SystemError(code: ENOENT)) {
      try DetachedProcess.start(
        Array(directory("none").utf8), [], variables: [:], log: Array(directory("log").utf8))
    }
  }
}

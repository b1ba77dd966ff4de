// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import CFuzzer
import Glibc

/// A foreign program that knows the truth, as git, run in a directory with a closed environment.
package struct Program {
  package let words: [String]
  package let directory: String
  package var variables: [String: String] = [:]

  package init(words: [String], directory: String, variables: [String: String] = [:]) {
    (self.words, self.directory, self.variables) = (words, directory, variables)
  }

  /// git in `directory`, which reads no configuration but the repository's.
  package static func git(_ words: [String], in directory: String, _ variables: [String: String] = [:])
    -> Program
  {
    let closed = [
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "HOME": directory, "LC_ALL": "C",
      "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "A",
      "GIT_COMMITTER_EMAIL": "a@example.com", "GIT_OPTIONAL_LOCKS": "0",
    ]
    return Program(words: ["git"] + words, directory: directory, variables: closed.merging(variables) { $1 })
  }

  /// Runs it to its end. Returns its status and what it wrote.
  package func run() throws -> (status: Int32, output: [UInt8], errors: String) {
    let errors = "\(directory)/.errors"
    let running = try start(errors: errors)
    close(running.input)
    let output = readAll(running.output)
    close(running.output)
    let status = running.wait()
    return (status, output, String(decoding: readFile(errors) ?? [], as: UTF8.self))
  }

  /// Starts it, to be talked with.
  package func start(errors: String = "/dev/null") throws -> RunningProgram {
    var toChild: [Int32] = [0, 0]
    var fromChild: [Int32] = [0, 0]
    guard unsafe pipe2(&toChild, O_CLOEXEC) == 0, unsafe pipe2(&fromChild, O_CLOEXEC) == 0 else {
      throw SystemFault("pipe2")
    }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, toChild[0], STDIN_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, fromChild[1], STDOUT_FILENO)
    unsafe posix_spawn_file_actions_addopen(
      &actions, STDERR_FILENO, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    unsafe posix_spawn_file_actions_addchdir_np(&actions, directory)
    // SAFETY: copies that are freed behind the call, the last one nil.
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    let path = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? "/usr/bin:/bin"
    let pairs = variables.merging(["PATH": path]) { $1 }.map { "\($0.key)=\($0.value)" }
    var environment = unsafe pairs.map { unsafe strdup($0) } + [nil]
    defer {
      unsafe arguments.forEach { unsafe free($0) }
      unsafe environment.forEach { unsafe free($0) }
    }
    var pid: pid_t = 0
    let code = unsafe posix_spawnp(&pid, words[0], &actions, nil, &arguments, &environment)
    close(toChild[0])
    close(fromChild[1])
    guard code == 0 else {
      errno = code
      throw SystemFault("posix_spawn \(words[0])")
    }
    return RunningProgram(pid: pid, input: toChild[1], output: fromChild[0])
  }
}

/// A program that answers on its standard output what it is asked on its standard input.
package struct RunningProgram {
  package let pid: Int32
  /// Its standard input, and its standard output.
  package let input: Int32
  package let output: Int32

  /// Writes `bytes`, which a pipe must have room for. Returns whether they were taken.
  package func send(_ bytes: [UInt8]) -> Bool {
    // SAFETY: the array's own memory and count.
    unsafe bytes.withUnsafeBytes { bytes in
      retrying { unsafe write(input, bytes.baseAddress, bytes.count) }
    } == bytes.count
  }

  /// What it answers until `isComplete`; nil where it ends before, or takes longer than `seconds`.
  package func receive(atMost seconds: Int32, until isComplete: ([UInt8]) -> Bool) -> [UInt8]? {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 14)
    while !isComplete(bytes) {
      var event = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      guard retrying({ unsafe poll(&event, 1, seconds * 1000) }) > 0 else { return nil }
      // SAFETY: the array's own memory and count.
      let count = unsafe part.withUnsafeMutableBytes { bytes in
        retrying { unsafe read(output, bytes.baseAddress, bytes.count) }
      }
      if count <= 0 { return nil }
      bytes += part[..<count]
    }
    return bytes
  }

  /// Ends it.
  package func end() {
    kill(pid, SIGKILL)
    close(input)
    close(output)
    _ = wait()
  }

  /// Waits for its end. Returns its exit status; -1 where a signal ended it.
  package func wait() -> Int32 {
    var status: Int32 = 0
    while unsafe waitpid(pid, &status, 0) < 0, errno == EINTR {}
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -1
  }
}

/// A directory that is gone when the program ends, unless it is ended by a finding: `scripts/fuzz` puts it
/// below one that it removes.
package enum Workspace {
  package static func make(_ name: String) throws -> String {
    let parent = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    let path = "\(parent)/actorpush-fuzz-\(name)-\(getpid())"
    guard unsafe mkdir(path, 0o700) == 0 else { throw SystemFault("mkdir \(path)") }
    return path
  }
}

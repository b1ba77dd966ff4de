// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import Subprocess
internal import SystemPackage

/// What a program printed and how it ended.
package struct Output: Sendable {
  /// Its standard output.
  package let bytes: [UInt8]
  /// Its standard error.
  package let talk: String
  /// Its exit status; nil where a signal ended it.
  package let status: Int32?

  /// Its standard output as text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Runs `program`, a name to look up or a path, and waits for it. Of the environment it gets only the search
/// path and `environment`; and, where coverage is measured, the place for its profile.
///
/// - Throws: `ShellFailure` where it still runs after `limit`; it is then killed.
package func shell(
  _ program: String, _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:],
  input: [UInt8] = [], limit: Duration = .seconds(300)
) async throws -> Output {
  var variables: [Environment.Key: String] = ["PATH": searchPath, "LC_ALL": "C.UTF-8"]
  let profile = ProcessInfo.processInfo.environment.filter { $0.key == "LLVM_PROFILE_FILE" }
  for (name, value) in profile.merging(environment, uniquingKeysWith: { $1 }) {
    if let key = Environment.Key(rawValue: name) { variables[key] = value }
  }
  let (ends, feed) = AsyncStream.makeStream(of: Result<Output, any Error>.self)
  let running = Task { [variables] in
    do {
      let record = try await run(
        program.contains("/") ? .path(FilePath(program)) : .name(program), arguments: Arguments(arguments),
        environment: .custom(variables), workingDirectory: folder.map { FilePath($0) },
        input: .array(input), output: .bytes(limit: 1 << 30), error: .string(limit: 1 << 24))
      var status: Int32?
      if case .exited(let code) = record.terminationStatus { status = code }
      feed.yield(.success(Output(bytes: record.standardOutput, talk: record.standardError, status: status)))
    } catch {
      feed.yield(.failure(error))
    }
  }
  let timer = Task {
    try await Task.sleep(for: limit)
    let line = ([program] + arguments).joined(separator: " ")
    feed.yield(
      .failure(
        ShellFailure(description: "\(line): still running after \(limit.components.seconds) s, killed")))
  }
  // Kills a program that still runs. It is not waited for: what it started may hold its pipes open.
  defer {
    running.cancel()
    timer.cancel()
  }
  for await end in ends { return try end.get() }
  throw CancellationError()
}

private let searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/swift/usr/bin"

/// A program that ended otherwise than it should.
package struct ShellFailure: Error, CustomStringConvertible {
  /// What it was and what it said.
  package let description: String
}

/// Runs git in `folder`, without any configuration but the repository's own, and what `environment` leads to.
@discardableResult
package func git(
  _ arguments: [String], in folder: String, environment: [String: String] = [:], input: [UInt8] = [],
  limit: Duration = .seconds(300)
) async throws -> [UInt8] {
  let output = try await shell(
    "git", arguments, in: folder,
    environment: [
      "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_LITERAL_PATHSPECS": arguments.first == "check-ignore" ? "0" : "1", "GIT_AUTHOR_NAME": "test",
      "GIT_AUTHOR_EMAIL": "test@example.com", "GIT_COMMITTER_NAME": "test",
      "GIT_COMMITTER_EMAIL": "test@example.com",
    ].merging(environment) { $1 }, input: input, limit: limit)
  // check-ignore says with 1 that nothing is ignored.
  guard output.status == 0 || (arguments.first == "check-ignore" && output.status == 1) else {
    throw ShellFailure(description: "git \(arguments.joined(separator: " ")): \(output.talk)")
  }
  return output.bytes
}

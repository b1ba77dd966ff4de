// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

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
/// path and `environment`.
package func shell(
  _ program: String, _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:],
  input: [UInt8] = []
) async throws -> Output {
  var variables: [Environment.Key: String] = ["PATH": searchPath, "LC_ALL": "C.UTF-8"]
  for (name, value) in environment { if let key = Environment.Key(rawValue: name) { variables[key] = value } }
  let record = try await run(
    program.contains("/") ? .path(FilePath(program)) : .name(program), arguments: Arguments(arguments),
    environment: .custom(variables), workingDirectory: folder.map { FilePath($0) }, input: .array(input),
    output: .bytes(limit: 1 << 30), error: .string(limit: 1 << 24))
  var status: Int32?
  if case .exited(let code) = record.terminationStatus { status = code }
  return Output(bytes: record.standardOutput, talk: record.standardError, status: status)
}

private let searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/swift/usr/bin"

/// A program that ended otherwise than it should.
package struct ShellFailure: Error, CustomStringConvertible {
  /// What it was and what it said.
  package let description: String
}

/// Runs git in `folder`, without any configuration but the repository's own.
@discardableResult
package func git(_ arguments: [String], in folder: String, input: [UInt8] = []) async throws -> [UInt8] {
  let output = try await shell(
    "git", arguments, in: folder,
    environment: [
      "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_LITERAL_PATHSPECS": arguments.first == "check-ignore" ? "0" : "1", "GIT_AUTHOR_NAME": "test",
      "GIT_AUTHOR_EMAIL": "test@example.com", "GIT_COMMITTER_NAME": "test",
      "GIT_COMMITTER_EMAIL": "test@example.com",
    ], input: input)
  // check-ignore says with 1 that nothing is ignored.
  guard output.status == 0 || (arguments.first == "check-ignore" && output.status == 1) else {
    throw ShellFailure(description: "git \(arguments.joined(separator: " ")): \(output.talk)")
  }
  return output.bytes
}

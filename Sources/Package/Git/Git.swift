// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Subprocess
internal import Synchronization
package import SystemIO
internal import SystemPackage

/// The installed git: the only reader of its own object database, of odd indexes and of references. Its calls block: not for the
/// cooperative pool's threads.
package struct Git: Sendable {
  /// Why git gave no answer.
  package enum Failure: Error, Equatable {
    /// There is no git.
    case missing
    /// It ended otherwise than well: its status (nil: by a signal) and the last line that it said.
    case failed(status: Int32?, message: String)
    /// Somebody has asked to stop.
    case interrupted
  }

  /// Variables that say which repository git works in (`git rev-parse --local-env-vars`): git sets them for its hooks, and they
  /// would mislead every git that is started for anything else.
  package static let localVariables: Set<String> = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT",
    "GIT_OBJECT_DIRECTORY", "GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE", "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE", "GIT_PREFIX",
    "GIT_INTERNAL_SUPER_PREFIX", "GIT_SHALLOW_FILE", "GIT_COMMON_DIR", "GIT_QUARANTINE_PATH",
  ]

  /// What stands before every command: where it works.
  private let place: [[UInt8]]
  /// Its environment; nil: the process's own.
  private let variables: [String: String]?
  private let cancellation: CancellationFlag?

  /// A git that finds its repository from `folder`, as one that is typed there would. Without `variables` it gets the environment
  /// of the process.
  package init(
    in folder: [UInt8], variables: [String: String]? = nil, cancellation: CancellationFlag? = nil
  ) {
    place = [Array("-C".utf8), folder]
    self.variables = variables
    self.cancellation = cancellation
  }

  /// A git that works in the repository `directory` (its `.git`), whatever the variables say.
  package init(
    repository directory: [UInt8], variables: [String: String], cancellation: CancellationFlag? = nil
  ) {
    place = [Array("--git-dir=".utf8) + directory]
    self.variables = variables.filter { !Self.localVariables.contains($0.key) }
    self.cancellation = cancellation
  }

  /// What `git arguments` prints, with `input` to read.
  package func output(_ arguments: [[UInt8]], input: [UInt8] = []) throws(Failure) -> [UInt8] {
    try finish { configuration in
      let record = try await run(
        configuration, input: .array(input), output: .bytes(limit: 1 << 30), error: .string(limit: 1 << 16))
      return (record.standardOutput, record.standardError, record.terminationStatus)
    } arguments: {
      arguments
    }
  }

  /// The same for arguments that are text.
  package func output(_ arguments: [String], input: [UInt8] = []) throws(Failure) -> [UInt8] {
    try output(arguments.map { Array($0.utf8) }, input: input)
  }

  /// Runs `git arguments`, which reads `input` and writes to `file` from where that stands: not a byte of it comes through here.
  package func write(_ arguments: [String], input: [UInt8], to file: SharedFile) throws(Failure) {
    _ = try finish { configuration in
      let output = FileDescriptor(rawValue: file.descriptor.rawValue)
      let record = try await run(
        configuration, input: .array(input),
        output: .fileDescriptor(output, closeAfterSpawningProcess: false), error: .string(limit: 1 << 16))
      return ([], record.standardError, record.terminationStatus)
    } arguments: {
      arguments.map { Array($0.utf8) }
    }
  }

  private typealias Ending = (output: [UInt8], talk: String, status: TerminationStatus)

  private func finish(
    _ body: @escaping @Sendable (Configuration) async throws -> Ending, arguments: () -> [[UInt8]]
  ) throws(Failure) -> [UInt8] {
    var options = PlatformOptions()
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(1))]
    let configuration = Configuration(
      executable: .name("git"), arguments: Arguments((place + arguments()).map { $0 + [0] }),
      environment: environment, platformOptions: options)
    let result = Monitor<Result<Ending, any Error>?>(nil)
    let task = Task.detached {
      let outcome: Result<Ending, any Error>
      do { outcome = .success(try await body(configuration)) } catch { outcome = .failure(error) }
      result.withLock { $0 = outcome }
      result.wakeAll()
    }
    let outcome = result.wait(
      pollingEvery: 50, { if cancellation?.isCancelled == true { task.cancel() } }, until: { $0 })
    if cancellation?.isCancelled == true { throw .interrupted }
    switch outcome {
    case .success(let ending):
      if ending.status.isSuccess { return ending.output }
      var status: Int32?
      if case .exited(let code) = ending.status { status = code }
      throw .failed(status: status, message: Self.lastLine(ending.talk))
    case .failure(let error as SubprocessError) where error.code == .executableNotFound:
      throw .missing
    case .failure(let error):
      throw .failed(status: nil, message: "\(error)")
    }
  }

  /// A replaced object (git-replace(1)) is not what is pushed, and nobody is there to type a password.
  private var environment: Environment {
    let own: [Environment.Key: String] = [
      "GIT_NO_REPLACE_OBJECTS": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C",
    ]
    guard let variables else { return .inherit.updating(own.mapValues(Optional.some)) }
    var all = own
    for (name, value) in variables {
      if let key = Environment.Key(rawValue: name), all[key] == nil { all[key] = value }
    }
    return .custom(all)
  }

  private static func lastLine(_ talk: String) -> String {
    let lines = talk.utf8.split(separator: UInt8(ascii: "\n")).map { String(Substring($0)) }
    let line = lines.last ?? "it said nothing"
    return line.hasPrefix("fatal: ") ? String(line.dropFirst(7)) : line
  }
}

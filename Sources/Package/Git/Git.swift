// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Subprocess
internal import Synchronization
package import SystemIO
internal import SystemPackage

/// The installed git, at work in one repository. Its calls block: not for the threads of the cooperative
/// pool.
///
/// What git keeps in plain files is read without it, so that most runs start no process and a machine without
/// git can push: `GitDirectories` finds a repository, `GitConfig` reads its configuration, `GitIndex` the
/// paths that it tracks, `ObjectStore` its objects where it is as most are. Other objects, split and sparse
/// indexes, and what only git can find (`RepositoryLocation`) are read by git.
///
/// This type is the only one that starts git. A tree that is merely packaged must not have its way with the
/// machine, and git can be misled by what its caller has inherited, hence:
/// - The environment is the one that the caller passes, never the process's own, less what `environment`
///   takes out.
/// - The repository is named by `--git-dir`. Variables that name another one, as git sets them for its hooks,
///   do not count, and a bare repository that a tree holds is never found by chance (`safe.bareRepository`).
/// - The program is found in a directory that `PATH` names absolutely (`SearchPath`), never in the tree.
/// - No command that the repository's configuration names is run: there is no fsmonitor and no prompt, no
///   index is written (a hook would be told of it), no signature is verified, and no remote is spoken to
///   unless `network` allows it.
///   Filters are run where the user asks for them (`CommitAttributes.filteringGit`).
package struct Git: Sendable {
  /// Why git gave no answer.
  package enum Failure: Error, Equatable {
    /// git is not installed, or not in the search path.
    case missing
    /// The exit status was not 0 (nil: git was ended by a signal), and what its diagnostics name as the
    /// cause.
    case failed(status: Int32?, message: String)
    case interrupted
    /// git was not started: it would not have done with this file.
    case blocking(BlockingFile)
    /// git was ended: it gave no answer within this time to what takes no time.
    case tooLate(Duration)
    /// git was not started: the system lets this process have too little for that.
    case resources(String)
  }

  /// Whether git may speak to remotes.
  package enum Network: Sendable {
    /// No protocol is allowed, and an object that a partial clone lacks is an error.
    case denied
    /// Only to fetch the missing objects of a partial clone, by these protocols ("https:ssh").
    case objects(String)
    /// What the configuration allows. Missing objects of a partial clone are fetched.
    case allowed
  }

  /// The arguments before the command, which say where git works.
  private var location: [[UInt8]]
  private var environment: [String: String]
  private let cancellation: CancellationFlag?
  /// What git would read, to be looked at before it is started.
  private let files: GitFiles
  private let objects: ObjectStoreSlot?
  /// How long a call may take; nil where that depends on how much there is.
  private var limit: Duration?

  /// A git that works in `repository`, the path of a `.git`, whatever `variables` say.
  ///
  /// - Parameters:
  ///   - worktree: the top of its work tree, for commands that need one.
  ///   - variables: the environment that git gets.
  ///   - kept: those of `localVariables` that count all the same.
  package init(
    repository: [UInt8], worktree: [UInt8]? = nil, variables: [String: String],
    keeping kept: Set<String> = [], network: Network = .denied, cancellation: CancellationFlag? = nil
  ) {
    let directory = worktree.map { [Array("-C".utf8), $0] } ?? []
    location = directory + [Array("--git-dir=".utf8) + repository]
    environment = Self.environment(
      variables.filter { !Self.localVariables.contains($0.key) || kept.contains($0.key) }, network)
    self.cancellation = cancellation
    files = GitFiles(.repository(repository, worktree: worktree), GitEnvironment(variables: environment))
    objects = ObjectStoreSlot(repository: repository, environment: environment)
  }

  /// A git that finds its repository from `directory` or by `variables`, as if it was typed there. Only for
  /// commands that read no more than the configuration.
  init(findingFrom directory: [UInt8], variables: [String: String], cancellation: CancellationFlag?) {
    location = [Array("-C".utf8), directory]
    environment = Self.environment(variables, .denied)
    self.cancellation = cancellation
    files = GitFiles(.found(from: directory), GitEnvironment(variables: environment))
    objects = nil
    limit = Self.answerLimit
  }

  /// How long an answer may take that takes git milliseconds, on a busy machine and a slow disk.
  static let answerLimit = Duration.seconds(60)

  /// The objects of its repository, where they can be read without it.
  var objectStore: ObjectStore? { objects?.store }

  var isCancelled: Bool { cancellation?.isCancelled == true }

  /// The same git for a question about a few small files, which may take no longer than `limit`.
  func answering(within limit: Duration = answerLimit) -> Git {
    var git = self
    git.limit = limit
    return git
  }

  /// The same git with the index file `index`, at work in the directory `worktree` as the top of its work
  /// tree, whatever the repository's own are.
  func using(index: [UInt8], worktree: [UInt8]) -> Git {
    var git = self
    git.environment["GIT_INDEX_FILE"] = String(decoding: index, as: UTF8.self)
    git.location = [Array("-C".utf8), worktree] + location + [Array("--work-tree=".utf8) + worktree]
    return git
  }

  /// The same git with `settings` ("key=value") over those of every file.
  package func setting(_ settings: [String]) -> Git {
    var git = self
    git.location = settings.flatMap { [Array("-c".utf8), Array($0.utf8)] } + location
    return git
  }

  /// Runs `git arguments` with `input` on its standard input and returns its standard output.
  package func output(_ arguments: [[UInt8]], input: [UInt8] = []) throws(Failure) -> [UInt8] {
    let (output, ending) = try collect(arguments, input)
    guard ending.status.isSuccess else { throw Self.failure(ending) }
    return output
  }

  /// The same for arguments that are text.
  package func output(_ arguments: [String], input: [UInt8] = []) throws(Failure) -> [UInt8] {
    try output(arguments.map { Array($0.utf8) }, input: input)
  }

  /// Runs `git arguments` and returns its standard output with its exit status.
  ///
  /// - Parameter statuses: those that are answers, no failures.
  func outputAndStatus(
    _ arguments: [[UInt8]], accepting statuses: ClosedRange<Int32>
  ) throws(Failure) -> (output: [UInt8], status: Int32) {
    let (output, ending) = try collect(arguments, [])
    if case .exited(let status) = ending.status, statuses.contains(status) { return (output, status) }
    throw Self.failure(ending)
  }

  /// Runs `git arguments` with `input` on its standard input. git itself writes to `file`, from its current
  /// offset on.
  package func write(_ arguments: [[UInt8]], input: [UInt8] = [], to file: SharedFile) throws(Failure) {
    let ending = try start(arguments) { configuration in
      let output = FileDescriptor(rawValue: file.descriptor.rawValue)
      let record = try await run(
        configuration, input: .array(input),
        output: .fileDescriptor(output, closeAfterSpawningProcess: false), error: .string(limit: 1 << 20))
      return (record.standardError, record.terminationStatus)
    }.ending()
    guard ending.status.isSuccess else { throw Self.failure(ending) }
  }

  typealias Ending = (diagnostics: String, status: TerminationStatus)

  static func failure(_ ending: Ending) -> Failure {
    var status: Int32?
    if case .exited(let code) = ending.status { status = code }
    return .failed(status: status, message: GitDiagnostics.cause(in: ending.diagnostics))
  }

  /// Starts `git arguments` by `body`, which returns when it has ended.
  func start(
    _ arguments: [[UInt8]], _ body: @escaping @Sendable (Configuration) async throws -> Ending
  ) throws(Failure) -> GitRun {
    guard let program = SearchPath.program("git", in: environment["PATH"]) else { throw .missing }
    if let file = files.blocking { throw .blocking(file) }
    if let shortage = ResourceLimits.shortage(.git) { throw .resources(shortage) }
    var options = PlatformOptions()
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(1))]
    let all = Self.settings + location + arguments
    var variables: [Environment.Key: String] = [:]
    for (name, value) in environment {
      if let key = Environment.Key(rawValue: name) { variables[key] = value }
    }
    let configuration = Configuration(
      executable: .path(FilePath(String(decoding: program, as: UTF8.self))),
      arguments: Arguments(all.map { $0 + [0] }),
      environment: .custom(variables), platformOptions: options)
    return GitRun(
      String(decoding: arguments.first ?? [], as: UTF8.self), limit: limit, cancellation: cancellation
    ) { try await body(configuration) }
  }
}

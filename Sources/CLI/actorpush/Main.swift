// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import CSwiftRuntime
internal import Deploy
internal import SystemIO

/// Where the program begins, and the only place where it ends.
///
/// `actorpush` turns a command line into an operation of `Deploy` or `DeployHooks`, and what that reports
/// into text or JSON. A command (`Commands`) reads its options (`Options`) into values, runs the operation,
/// and has its events and its outcome shown: as text on standard error and output (`Text`, `Output`), or as
/// one JSON object (`Reports`). ``Failure`` is how all of them fail.
@main
enum Main {
  static func main() {
    Descriptor.reserveStandard()
    TerminationSignals.ignoreFileSize()
    // More than all threads together have open at a time.
    Descriptor.reserveCapacity(512)
    let arguments = Array(CommandLine.arguments.dropFirst())
    let asksForVersion = arguments.first == "--version" || arguments.first == "-V"
    let command = asksForVersion ? nil : parseAlone(arguments)
    actorpush_register_late_conformances()
    if asksForVersion { exit(show([ActorPush.version]).rawValue) }
    if let command { run(command) }
    if let argument = RawArguments.notText(arguments) { exit(refuse(argument, arguments).rawValue) }
    if let empty = RawArguments.empty(arguments) {
      exit(refuse(UsageError(empty, arguments).diagnosis, arguments).rawValue)
    }
    do {
      if let command = try parse(arguments) { run(command) }
    } catch {
      exit(report(error, arguments).rawValue)
    }
  }

  /// The command that `arguments` ask for, parsed alone: a list of a small directory takes longer to be
  /// parsed than to be made. Nil where they are none, or are not understood. This comes before the runtime
  /// knows of all conformances: it uses the standard library, ArgumentParser and the types of options alone.
  private static func parseAlone(_ arguments: [String]) -> (any OperationCommand)? {
    guard RawArguments.notText(arguments) == nil, RawArguments.empty(arguments) == nil else { return nil }
    // Help would be asked for twice, and all conformances looked for again.
    if arguments.contains("--help") || arguments.contains("-h") { return nil }
    let path = CommandPath(arguments)
    guard let type = path.operationType else { return nil }
    return try? type.parse(path.rest)
  }

  /// The command that `arguments` ask for; nil once help has been shown. For help and for errors the program
  /// as a whole is asked.
  private static func parse(_ arguments: [String]) throws -> (any OperationCommand)? {
    var command = try ActorPush.parseAsRoot(arguments)
    if let command = command as? any OperationCommand { return command }
    // The bare program and `help`: ArgumentParser shows what there is.
    try command.run()
    return nil
  }

  private static func run(_ command: any OperationCommand) -> Never {
    switch command.work {
    case .local(let command):
      ResourceCheck.raiseLimits()
      if let failure = EnvironmentCheck.failure(ProcessEnvironment.process.variables) {
        quit(end(command) { () throws(Failure) in throw failure })
      }
      // Nothing to wait for: no event loop and no task is started.
      startProgress(of: command, idle: nil)
      if type(of: command).cleansUp {
        TerminationSignals.onFirst { ProcessEnvironment.process.cancellation.cancel() }
      }
      quit(end(command) { () throws(Failure) in try command.perform(.process) })
    case .platform(let command):
      let variables = ProcessEnvironment.process.variables
      ResourceCheck.raiseLimits()
      if let failure = ResourceCheck.shortage() ?? EnvironmentCheck.failure(variables) {
        quit(end(command) { () throws(Failure) in try command.end(lacking: failure, .process) })
      }
      startProgress(of: command, idle: .waiting)
      runUntilEnding(command)
    }
  }

  /// Runs `command`; the first Ctrl-C makes it clean up and end, the second one ends it as it is.
  private static func runUntilEnding(_ command: any PlatformCommand) -> Never {
    let running = Task {
      let outcome: Result<Void, Failure>
      do throws(Failure) { outcome = .success(try await command.perform(.process)) } catch {
        outcome = .failure(error)
      }
      quit(end(command) { () throws(Failure) in try outcome.get() })
    }
    TerminationSignals.onFirst {
      ProcessEnvironment.process.cancellation.cancel()
      running.cancel()
    }
    while true { pause() }
  }

  /// Runs the end of `command`, and says what went wrong.
  private static func end(_ command: any OperationCommand, _ body: () throws(Failure) -> Void) -> ExitStatus {
    do throws(Failure) {
      try body()
      return .done
    } catch {
      let diagnosis = error.diagnosis
      // The reader of the output is gone: nothing is left to be said.
      if diagnosis.status == .brokenPipe || diagnosis.cause.isEmpty { return diagnosis.status }
      let console = command.global.console(.process)
      for line in diagnosis.details { console.say(line) }
      if command.json {
        let ending = EndingReport(
          diagnosis, logTail: error.logTail, warnings: ProcessEnvironment.process.warnings)
        try? JSONLine.write(Report(type(of: command).operation, ending, error.content))
      }
      console.error(diagnosis)
      return diagnosis.status
    }
  }

  /// Shows what takes long; `idle`, that something is waited for. The hook speaks among the lines of git: it
  /// shows nothing.
  private static func startProgress(of command: any OperationCommand, idle: ProgressStage?) {
    if type(of: command).isQuietWork { return }
    Progress.process.start(
      command.global.progress(.process, isJSON: command.json), meter: ProcessEnvironment.process.meter,
      idle: idle)
  }

  /// Ends the process; nothing of a line of progress stays.
  private static func quit(_ status: ExitStatus) -> Never {
    Progress.process.finish()
    exit(status.rawValue)
  }

  /// Says what ArgumentParser threw: a request for help, or words that it does not understand.
  private static func report(_ error: any Error, _ arguments: [String]) -> ExitStatus {
    let environment = ProcessEnvironment.process
    // ArgumentParser wraps texts, which are not shown, by COLUMNS or the width of the terminal; in a debug
    // build it traps where that is less than an indentation. No thread and no program is started any more.
    Terminal.announce(columns: 80)
    if ActorPush.exitCode(for: error).isSuccess {
      // What other programs ask for: completions, and the description of the commands.
      let isText = arguments.contains { $0.hasPrefix("---") || $0.hasPrefix("--generate-completion-script") }
      if isText || arguments.contains("--experimental-dump-help") {
        return show([ActorPush.fullMessage(for: error)])
      }
      let path = CommandPath(arguments)
      if let word = path.unknown {
        return refuse(UsageError("Unexpected argument '\(word)'", arguments).diagnosis, arguments)
      }
      return show(
        HelpPage(
          path, columns: environment.columns(of: STDOUT_FILENO),
          isColored: environment.isColored(STDOUT_FILENO)
        ).lines)
    }
    return refuse(UsageError(ActorPush.message(for: error), arguments).diagnosis, arguments)
  }

  /// Says that `argument` is no text, as all arguments must be.
  private static func refuse(_ argument: [UInt8], _ arguments: [String]) -> ExitStatus {
    let diagnosis = Diagnosis(
      type: "usage", at: CommandPath(arguments).text,
      message: "the argument \(TerminalText.of(argument)) is not valid UTF-8",
      help: "rename the file or directory, or go there and name it as .", status: .usage, phase: "arguments")
    return refuse(diagnosis, arguments)
  }

  /// Says why `arguments` are no command.
  private static func refuse(_ diagnosis: Diagnosis, _ arguments: [String]) -> ExitStatus {
    let environment = ProcessEnvironment.process
    if arguments.contains("--json") {
      let ending = EndingReport(diagnosis, warnings: environment.warnings)
      try? JSONLine.write(Report(CommandPath(arguments).operation, ending))
    }
    let isColored = (GlobalOptions.color(in: arguments) ?? .auto).isColored(STDERR_FILENO, environment)
    Console(level: .normal, isColored: isColored, isWatched: false, runner: GitHubRunner(environment))
      .error(diagnosis)
    return diagnosis.status
  }

  /// Writes `lines` to standard output.
  private static func show(_ lines: [String]) -> ExitStatus {
    do throws(Failure) {
      try writeOutput { output throws(SystemError) in
        for line in lines { try output.write(text: line + "\n") }
      }
      return .done
    } catch {
      if error.diagnosis.status != .brokenPipe {
        Console(level: .normal, isColored: false, isWatched: false).error(error.diagnosis)
      }
      return error.diagnosis.status
    }
  }
}

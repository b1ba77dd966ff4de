// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy
internal import Synchronization
internal import SystemIO

/// Shows what `build` reports: the log on standard output where it is asked for, else on standard error.
final class BuildOutput: Sendable {
  let console: Console
  private let logIsOutput: Bool
  private let isJSON: Bool
  private let renderer: DeployRenderer
  private let interruption = Mutex(false)
  private let log = Mutex<(lines: [String], failure: Failure?, onFailure: (@Sendable () -> Void)?)>(
    ([], nil, nil))

  init(_ console: Console, logIsOutput: Bool, isJSON: Bool) {
    self.console = console
    self.logIsOutput = logIsOutput
    self.isJSON = isJSON
    renderer = DeployRenderer(console)
  }

  /// Why the log could not be written.
  var failure: Failure? { log.withLock(\.failure) }

  /// How much later than its reader this program may get a signal of the terminal.
  private static let interruptionDelay = Duration.milliseconds(300)

  /// Whether the command was asked to end: a Ctrl-C ends what reads the log, too.
  var isInterrupted: Bool { interruption.withLock(\.self) }
  func interrupt() { interruption.withLock { $0 = true } }

  /// Has `action` called once the log cannot be written any longer, and no interruption has come with that.
  func onFailure(_ action: @escaping @Sendable () -> Void) {
    let hasFailed = log.withLock { log in
      log.onFailure = action
      return log.failure != nil
    }
    if hasFailed { action() }
  }

  /// Shows `event`.
  func show(_ event: DeployEvent) {
    if case .build(.logLine(let line)) = event {
      keep(line)
      if logIsOutput { return }
    }
    renderer.show(event)
  }

  /// Prints or keeps a line of the log.
  func keep(_ line: String) {
    if logIsOutput {
      do throws(Failure) {
        try writeOutput { output throws(SystemError) in
          try output.write(text: TerminalText.line(line.utf8) + "\n")
        }
      } catch {
        fail(error)
      }
    } else if isJSON {
      log.withLock { $0.lines.append(line) }
    }
  }

  private func fail(_ failure: Failure) {
    let action = log.withLock { log -> (@Sendable () -> Void)? in
      if log.failure != nil { return nil }
      log.failure = failure
      return log.onFailure
    }
    guard let action else { return }
    Task {
      try? await Task.sleep(for: Self.interruptionDelay)
      action()
    }
  }

  /// Notices that the log is read by no process any longer, also while it has no next line.
  func watchReader() async {
    guard logIsOutput else { return }
    while (try? await Task.sleep(for: .seconds(1))) != nil {
      guard Descriptor.isUnread(STDOUT_FILENO) else { continue }
      return fail(Failure(Diagnosis(output: "standard output", SystemError(code: EPIPE))))
    }
  }

  /// Says what there is at the end, as text or by `write`.
  ///
  /// - Throws: why the build does not count as done, where it was followed.
  func finish(
    _ outcome: BuildOperation.Outcome, _ options: BuildOptions,
    _ write: (FollowedBuildReport) throws(Failure) -> Void
  ) throws(Failure) {
    if let failure { throw failure }
    let status = outcome.build.build.status
    if options.abort, status.isFinal, status != .aborted {
      console.warn(Warning("nothing is aborted: the build had ended already"))
    }
    let diagnosis = outcome.ending.flatMap { ending in
      Diagnosis(ending, wait: options.wait.map { .seconds($0) })
    }
    let now = ProcessEnvironment.now * 1_000_000
    let lines = options.log ? log.withLock { $0.lines } : nil
    let report = FollowedBuildReport(outcome, log: lines, now: now)
    if let diagnosis {
      var failure = Failure(diagnosis)
      failure.content = report
      failure.logTail = outcome.ending?.logTail ?? []
      throw failure
    }
    if isJSON { return try write(report) }
    // The log alone is a log that other programs can read.
    if logIsOutput { return }
    if outcome.ending != nil { return console.say(outcome.pages.build(outcome.build.build)) }
    try writeOutput { output throws(SystemError) in
      for line in BuildListText(now: now, isTerminal: false, isVerbose: console.level == .verbose)
        .description(outcome)
      {
        try output.write(text: line + "\n")
      }
    }
  }
}

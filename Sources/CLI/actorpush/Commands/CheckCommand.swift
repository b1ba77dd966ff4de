// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Checks
internal import Deploy
internal import SystemIO

struct CheckCommand: LocalCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.check.rawValue, _superCommandName: ActorPush.name,
    abstract: "Find what would go wrong with the package, before it is sent.",
    discussion: """
      The sources of COPY in the Dockerfile, the fields and paths of actor.json, what is lost when files are sent inline, \
      secrets, conflict markers, generated files, sizes. Nothing is sent and no network is used. Ends with 5 where there is an error; \
      "checks": {"ID": "off"} in .actor/actorpush.json silences a finding, "error" raises it.

        actorpush check                     findings, and shares of the limits
        actorpush check --strict -q         in CI: fail on warnings, too
        actorpush check --max-size 9000000  fail where the files are larger
      """)

  @OptionGroup var tree: TreeOptions
  @OptionGroup(title: "Several Actors") var selection: SelectionOptions
  @OptionGroup(title: "What is checked") var options: CheckOptions
  @OptionGroup(title: "Platform") var target: VersionOptions
  @OptionGroup(title: "Output") var global: GlobalOptions

  @Flag(help: "Print the findings as one JSON object.")
  var json = false

  @Flag(help: "Print the findings in the form that code hosts show: SARIF 2.1.0.")
  var sarif = false

  static let operation = "check"
  static let cleansUp = false

  func validate() throws {
    if json && sarif { throw ValidationError("--json and --sarif exclude each other") }
    if selection.all, target.actor != nil { throw ValidationError("--actor is for one Actor") }
  }

  func perform(_ environment: ProcessEnvironment) throws(Failure) {
    let console = global.console(environment)
    if selection.all { return try checkMany(console, environment) }
    let location = tree.location(environment, console)
    let outcome = try checkOne(location, console, environment)
    let failure = self.failure(outcome)
    annotate(console, environment, below: location.directory) { LocatedFinding.list(outcome, below: $0) }
    if json {
      try write(CheckReport(outcome), environment, failure)
    } else if sarif {
      let top = LocatedFinding.top(of: location.directory, environment)
      try JSONLine.write(SarifLog(LocatedFinding.list(outcome, below: top)))
    } else {
      let text = CheckText(isColored: global.isColored(STDOUT_FILENO, environment))
      try writeOutput { output throws(SystemError) in
        for line in text.lines(outcome, isQuiet: global.quiet) { try output.write(text: line + "\n") }
      }
    }
    if failure != nil { throw .findings }
  }

  private func checkOne(
    _ location: ProjectLocation, _ console: Console, _ environment: ProcessEnvironment
  ) throws(Failure) -> CheckOperation.Outcome {
    let renderer = DeployRenderer(console)
    let target = try target.target(tag: options.tag)
    do throws(DeployError) {
      return try CheckOperation(
        location, target: target, form: options.sourceType, budget: options.maxSize,
        secretsAllowedIn: options.secrets.allowed, environment.context
      ).run(events: renderer.show)
    } catch {
      let failure = Failure(error)
      if sarif { try JSONLine.write(SarifLog([], failures: [failure.diagnosis.message])) }
      throw failure
    }
  }

  /// Tells GitHub's runner of `findings`, which lie below the top of the work tree that `directory` lies in.
  func annotate(
    _ console: Console, _ environment: ProcessEnvironment, below directory: [UInt8],
    _ findings: (_ top: [UInt8]) -> [LocatedFinding]
  ) {
    guard console.runner != nil else { return }
    console.write(GitHubRunner.annotations(findings(LocatedFinding.top(of: directory, environment))))
  }

  /// Why `outcome` is a failure; nil where nothing serious was found.
  func failure(_ outcome: CheckOperation.Outcome) -> Diagnosis? {
    let serious = outcome.findings.map(\.severity).filter { $0 >= (options.strict ? .warning : .error) }
    return serious.isEmpty ? nil : .findings(serious)
  }
}

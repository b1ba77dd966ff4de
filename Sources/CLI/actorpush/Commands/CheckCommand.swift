// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Checks
internal import Deploy
internal import SystemIO

struct CheckCommand: LocalCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", _superCommandName: ActorPush.name,
    abstract: "Find what would go wrong with the package, before it is sent.",
    discussion: """
      The sources of COPY in the Dockerfile, the fields and paths of actor.json, what is lost when files are sent inline, \
      conflict markers, generated files, sizes. Nothing is sent and no network is used. Ends with 5 where there is an error; \
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
    if selection.all, sarif || target.actor != nil {
      throw ValidationError("--sarif and --actor are for one Actor")
    }
  }

  func perform(_ environment: ProcessEnvironment) throws(Failure) {
    let console = global.console(environment)
    if selection.all { return try checkMany(console, environment) }
    let location = tree.location(environment, console)
    let renderer = DeployRenderer(console)
    let target = try target.target(tag: options.tag)
    let outcome = try operate { () throws(DeployError) in
      try CheckOperation(
        location, target: target, form: options.sourceType, budget: options.maxSize,
        environment.context
      ).run(events: renderer.show)
    }
    let isFailed = outcome.findings.contains { $0.severity >= (options.strict ? .warning : .error) }
    if json {
      try CheckReport(outcome, isFailed: isFailed, warnings: renderer.warnings).write()
    } else if sarif {
      try SarifLog(outcome.findings).write()
    } else {
      let text = CheckText(isColored: global.isColored(STDOUT_FILENO, environment))
      try writeOutput { output throws(SystemError) in
        for line in text.lines(outcome, isQuiet: global.quiet) { try output.write(text: line + "\n") }
      }
    }
    if isFailed { throw .findings }
  }
}

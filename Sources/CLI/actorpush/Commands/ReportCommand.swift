// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ArgumentParser
internal import Deploy
internal import SystemIO

struct ReportCommand: PlatformCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.report.rawValue, _superCommandName: ActorPush.name,
    abstract: "Write a page to look at: sizes, findings, what is left out.",
    discussion: """
      One HTML file that needs nothing else, and loads nothing: the package as a treemap and as a table, the limits, what \
      check finds, and with --diff what a push would change. No network is used without --diff.

        actorpush report -o report.html         the package of this directory
        actorpush report -o report.html --diff  and the change against the platform
        actorpush report -o - --commit v1.2     of a commit, to standard output
      """)

  @OptionGroup var tree: TreeOptions
  @OptionGroup(title: "What is checked") var secrets: SecretOptions
  @OptionGroup(title: "Platform") var target: VersionOptions
  @OptionGroup(title: "Platform") var platform: PlatformOptions
  @OptionGroup(title: "Output") var global: GlobalOptions

  @Option(name: .shortAndLong, help: "Where to write: a file, or - for standard output.", completion: .file())
  var output: String

  @Flag(help: "Compare with the version on the platform, too.")
  var diff = false

  @Option(help: "How the files would be sent: auto, files or zip.")
  var sourceType = SourceChoice.auto

  @Flag(help: "Print the outcome as one JSON object on standard output.")
  var json = false

  static let operation = "report"
  static let cleansUp = false

  func validate() throws {
    if json && output == "-" { throw ValidationError("--json and -o - both need standard output") }
  }

  func perform(_ environment: ProcessEnvironment) async throws(Failure) {
    let console = global.console(environment)
    let renderer = DeployRenderer(console)
    let (location, version, form) = (tree.location(environment, console), try target.target(), sourceType)
    let path = output == "-" ? nil : (try? Paths.resolved(Array(output.utf8)))
    if output != "-" {
      try operate { () throws(DeployError) in try FormerOutput.page.check(Array(output.utf8)) }
    }
    let outcome = try await operateAside { () throws(DeployError) in
      try ReportOperation(
        location, target: version, form: form, secretsAllowedIn: secrets.allowed, environment.context
      ).run(output: path, events: renderer.show)
    }
    let comparison = diff ? try await compare(location, version, output: path, environment, console) : nil
    let data = ReportData(outcome, name: name(location), comparison)
    let page = ReportPage.bytes(data)
    if output == "-" {
      try writeOutput { output throws(SystemError) in try output.write(page) }
    } else {
      do throws(SystemError) { try OutputFile.write(page, to: Array(output.utf8)) } catch {
        throw Failure(DeployError.output(output, error))
      }
    }
    console.say("\(data.summary); wrote \(Quantity.bytes(page.count)) to \(TerminalText.of(output))")
    if json { try write(ReportReport(outcome, output: output), environment) }
  }
}

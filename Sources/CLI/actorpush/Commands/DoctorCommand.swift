// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Deploy
internal import SystemIO

struct DoctorCommand: PlatformCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.doctor.rawValue, _superCommandName: ActorPush.name,
    abstract: "Check what a deploy depends on, and say how to mend what is wrong.",
    discussion: """
      The token and where it comes from, the account, the address, TLS and the proxy, the project, git, the hook, and where \
      state is kept. Nothing is changed, and no secret is shown. Ends with 1 where something is wrong.

        actorpush doctor              what is wrong here, and how to mend it
        actorpush doctor actors/shop  of another project
        actorpush doctor --json       the findings, for a script
      """)

  @Argument(help: ArgumentHelp("The project's directory.", valueName: "directory"), completion: .directory)
  var folder: String?

  @OptionGroup(title: "Platform") var target: VersionOptions
  @OptionGroup(title: "Platform") var platform: PlatformOptions
  @OptionGroup(title: "Output") var global: GlobalOptions

  @Flag(help: "Print the findings as one JSON object on standard output.")
  var json = false

  static let operation = "doctor"
  static let cleansUp = false

  func perform(_ environment: ProcessEnvironment) async throws(Failure) {
    let console = global.console(environment)
    let checkup = Checkup(
      environment: environment, connection: platform.connection,
      directory: ProjectDirectory.find(folder, environment, console), target: try target.target(),
      console: console)
    let findings = await checkup.run()
    // What was cut off has found nothing out.
    if environment.cancellation.isCancelled { throw Failure(DeployError.interrupted) }
    let isSound = !findings.contains { $0.state == .problem }
    if json {
      try write(DoctorReport(findings), environment, Diagnosis.problems(findings))
    } else {
      let isColored = global.isColored(STDOUT_FILENO, environment)
      try writeOutput { output throws(SystemError) in
        for line in DoctorText.lines(findings, isColored: isColored, isQuiet: global.quiet) {
          try output.write(text: line + "\n")
        }
      }
    }
    if !isSound { throw .different }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Deploy
internal import SystemIO

struct ExplainCommand: LocalCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", _superCommandName: ActorPush.name,
    abstract: "Show whether a file is in the package, by which rule, and how it would be sent.",
    discussion:
      "Paths are those of the system, as the shell completes them; they must lie in the project.")

  @Argument(help: "Files or directories.", completion: .file())
  var paths: [String]

  @Option(help: ArgumentHelp("The project's directory.", valueName: "directory"), completion: .directory)
  var folder = "."

  @OptionGroup var links: LinkOptions
  @OptionGroup var global: GlobalOptions

  @Flag(help: "Print the verdicts as one JSON object.")
  var json = false

  static let operation = "explain"
  static let cleansUp = false

  func perform(_ environment: ProcessEnvironment) throws(Failure) {
    let renderer = DeployRenderer(global.console(environment))
    let explanations = try operate { () throws(DeployError) in
      try ExplainOperation(links.location(folder), environment.context)
        .run(paths.map { Array($0.utf8) }, events: renderer.show)
    }
    if json { return try ExplainReport(explanations, warnings: renderer.warnings).write() }
    try writeOutput { output throws(SystemError) in
      for explanation in explanations { try output.write(text: explanation.line + "\n") }
    }
  }
}

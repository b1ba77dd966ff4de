// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Deploy
internal import SystemIO

struct ExplainCommand: LocalCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.explain.rawValue, _superCommandName: ActorPush.name,
    abstract: "Show whether a file is in the package, by which rules, and how it would be sent.",
    discussion: """
      Paths are those of the system, as the shell completes them, and lie in the project. One that does not exist gets \
      the verdict that it would have; a slash at its end says that a directory is meant. Only the paths and the \
      directories on the way to them are read.

        actorpush explain dist/main.js     one file: in or out, and why
        actorpush explain src/*            several, as the shell names them
        actorpush explain new/file --json  a file that is not there yet
      """)

  @Argument(help: "Files or directories.", completion: .file())
  var paths: [String]

  @Option(
    help: ArgumentHelp(
      "The project's directory; otherwise the nearest one with an actor.json, from here up.",
      valueName: "directory"), completion: .directory)
  var folder: String?

  @OptionGroup(title: "Files") var links: LinkOptions
  @OptionGroup var global: GlobalOptions

  @Flag(help: "Print the verdicts as one JSON object.")
  var json = false

  static let operation = "explain"
  static let cleansUp = false

  func perform(_ environment: ProcessEnvironment) throws(Failure) {
    let console = global.console(environment)
    let renderer = DeployRenderer(console)
    let directory = ProjectDirectory.find(folder, environment, console)
    let explanations = try operate { () throws(DeployError) in
      try ExplainOperation(links.location(directory), environment.context)
        .run(paths.map { Array($0.utf8) }, events: renderer.show)
    }
    if json { return try write(ExplainReport(explanations), environment) }
    try writeOutput { output throws(SystemError) in
      for explanation in explanations {
        for line in ExplanationText(explanation).lines(isQuiet: console.level == .quiet) {
          try output.write(text: line + "\n")
        }
      }
    }
  }
}

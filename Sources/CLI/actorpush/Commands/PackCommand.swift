// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Deploy
internal import SourcePackage
internal import SystemIO

struct PackCommand: LocalCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.pack.rawValue, _superCommandName: ActorPush.name,
    abstract: "Write the package to a file, without any network.",
    discussion: """
      What is written is what push would send: as json the document with the version's number and build tag from actor.json, if \
      there is one, and its files; as zip the files alone. Environment variables are left out, secrets could be among them. The \
      same tree gives the same bytes.

        actorpush pack -o document.json                the document that push would send
        actorpush pack -o - --format zip | unzip -l -  the files as a zip
        actorpush pack -o v1.json --commit v1.2        the package of a commit
      """)

  @OptionGroup var tree: TreeOptions
  @OptionGroup var global: GlobalOptions

  @Option(name: .shortAndLong, help: "Where to write: a file, or - for standard output.", completion: .file())
  var output: String

  @Option(help: "The form of the package: json or zip.")
  var format = PackOperation.Format.json

  @Flag(help: "Print the outcome as one JSON object on standard output.")
  var json = false

  static let operation = "pack"

  func validate() throws {
    if json && output == "-" { throw ValidationError("--json and -o - both need standard output") }
  }

  func perform(_ environment: ProcessEnvironment) throws(Failure) {
    let console = global.console(environment)
    let renderer = DeployRenderer(console)
    let start = ContinuousClock.now
    let target: PackOperation.Output =
      output == "-" ? .descriptor(STDOUT_FILENO, name: "standard output") : .file(Array(output.utf8))
    let location = tree.location(environment, console)
    let summary = try operate { () throws(DeployError) in
      try PackOperation(
        location, as: format, to: target, hasDigest: json || console.level > .quiet, environment.context
      ).run(events: renderer.show)
    }
    console.done(
      "packed \(PackageText.summary(summary)); wrote \(Quantity.bytes(summary.documentBytes)) to "
        + "\(output == "-" ? "standard output" : TerminalText.of(output)) in \(Quantity.time(.now - start))")
    console.say("digest \(console.digest(summary.digest))")
    if json { try write(PackReport(summary, format, output: output), environment) }
  }
}

extension PackOperation.Format: ArgumentChoice {}

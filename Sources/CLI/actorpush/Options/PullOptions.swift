// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import ArgumentParser
internal import Deploy
internal import SystemIO

/// What is pulled, and how it is merged.
struct PullOptions: ParsableArguments {
  @Option(
    help: "Take the files that this build was made of: its number (0.1.7), its ID, or a tag.",
    completion: .builds)
  var build: String?

  @Flag(help: "Decide for your side where both have changed the same.")
  var ours = false

  @Flag(help: "Decide for the platform's side where both have changed the same.")
  var theirs = false

  @Flag(help: "Write variables and the build tag into actor.json as the platform has them.")
  var writeConfig = false

  @Flag(help: "Undo the last pull, whether it has ended or was cut off.")
  var abort = false

  @Flag(help: "Show what would be done; change nothing.")
  var dryRun = false

  func validate() throws {
    if ours, theirs { throw ValidationError("--ours and --theirs are alternatives") }
    if abort, dryRun || ours || theirs || writeConfig || build != nil {
      throw ValidationError("--abort takes no other option of a pull")
    }
  }

  /// Puts them into `request`.
  func apply(to request: inout PullRequest) {
    request.build = build
    request.preference = ours ? .ours : theirs ? .theirs : .none
    request.writesConfiguration = writeConfig
    request.isDryRun = dryRun
  }
}

/// Where the files go: into the project at hand, into another, or into a new directory.
struct PullArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "An Actor as user/name, for a new directory; or the directory of a project.", valueName: "actor"),
    completion: .actors)
  var first: String?

  @Argument(
    help: ArgumentHelp("The new directory; otherwise called like the Actor.", valueName: "directory"),
    completion: .directory)
  var second: String?

  /// The directory of the project, where no Actor is named.
  func directory(_ environment: ProcessEnvironment, _ console: Console) -> String {
    ProjectDirectory.find(first, environment, console)
  }

  /// The Actor that is named for a new directory; nil where a project's directory is.
  func actor() throws(Failure) -> ActorReference? {
    guard let first else { return nil }
    // What is there is meant, rather than an Actor of that name.
    if second == nil, Paths.status(Array(first.utf8)) != nil { return nil }
    do throws(ActorReferenceError) { return try ActorReference(first) } catch {
      throw Failure(
        argument: "\(TerminalText.of(first)): no such directory, and no Actor (user/name): \(error)")
    }
  }
}

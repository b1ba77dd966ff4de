// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Deploy

struct PullCommand: PlatformCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.pull.rawValue, _superCommandName: ActorPush.name,
    abstract: "Bring the platform's files into a directory, merged with what was changed there.",
    discussion: """
      In a project, what was changed on the platform since the last push is merged into the files here, as git merges: lines \
      that both sides have changed stand between markers, and of a file that is not text the platform's lies beside yours as \
      NAME.platform. Then the exit status is 7, and nothing is pushed before that is resolved. Files that the package leaves \
      out are not touched. All is written or nothing; --abort undoes it.

        actorpush pull                merge the version into this project
        actorpush pull jane/shop      into a new directory, shop
        actorpush pull --build 0.1.7  what that build was made of
        actorpush pull --abort        undo the last pull
      """)

  @OptionGroup var arguments: PullArguments
  @OptionGroup(title: "Several Actors") var selection: SelectionOptions
  @OptionGroup(title: "Merge") var options: PullOptions
  @OptionGroup(title: "Files") var links: LinkOptions
  @OptionGroup(title: "Platform") var target: VersionOptions
  @OptionGroup(title: "Platform") var platform: PlatformOptions
  @OptionGroup(title: "Output") var global: GlobalOptions

  @Flag(help: "Print the outcome as one JSON object on standard output.")
  var json = false

  static let operation = "pull"

  func validate() throws {
    guard selection.all else { return }
    if arguments.second != nil || target.actor != nil || options.abort || options.build != nil {
      throw ValidationError("--all takes one directory, and neither --actor, --build nor --abort")
    }
  }

  func perform(_ environment: ProcessEnvironment) async throws(Failure) {
    let console = global.console(environment)
    if selection.all { return try await pullMany(console, environment) }
    let renderer = DeployRenderer(console)
    if options.abort {
      let abort = PullAbort(Array(arguments.directory(environment, console).utf8), environment.context)
      return try show(
        try await operateAside { () throws(DeployError) in try abort.run() }, console, environment)
    }
    let request = try request(environment, console)
    let pull = try await operateAside { () throws(DeployError) in
      try PullOperation(request, environment.context)
    }
    let outcome = try await platform.withClient(environment, console) { client throws(Failure) in
      do throws(DeployError) { return try await pull.run(on: client, events: renderer.show) } catch {
        throw Failure(error)
      }
    }
    try show(outcome, console, environment)
  }

  private func request(
    _ environment: ProcessEnvironment, _ console: Console
  ) throws(Failure) -> PullRequest {
    let actor = try arguments.actor()
    var request = PullRequest(
      actor == nil
        ? .project(links.location(arguments.directory(environment, console)))
        : .directory(arguments.second.map { Array($0.utf8) }))
    request.target = try target.target()
    if let actor { request.target.actor = actor }
    options.apply(to: &request)
    return request
  }
}

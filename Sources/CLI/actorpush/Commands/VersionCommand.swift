// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import ArgumentParser
internal import Deploy
internal import SystemIO

struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version", abstract: "Show or change what a version has beside its files.",
    subcommands: [Show.self, Set.self], defaultSubcommand: Show.self)

  struct Show: PlatformCommand {
    static let configuration = CommandConfiguration(abstract: "Show the version as it is on the platform.")

    @OptionGroup var options: VersionCommandOptions
    @OptionGroup var global: GlobalOptions

    static let operation = "version show"
    var json: Bool { options.json }

    func perform(_ environment: ProcessEnvironment) async throws(Failure) {
      try await options.run(environment, global, Self.operation) {
        settings, client throws(DeployError) in
        try await VersionReader(settings, client: client).find()
      }
    }
  }

  struct Set: PlatformCommand {
    static let configuration = CommandConfiguration(
      abstract: "Change what is named; the rest stays as it is.",
      discussion: "Shows the version as it is then. Files are for actorpush push.")

    @Option(help: "Take the source from a git repository.", transform: { $0 })
    var gitRepo: String?

    @Option(help: "Take the source from a zip or tarball at this address.")
    var tarball: String?

    @Option(help: "Take the source from a gist.")
    var gist: String?

    @Option(help: "The tag that builds of the version get, or none.")
    var buildTag: String?

    @Option(help: "Whether builds see the environment variables, too: true or false.")
    var applyEnvVarsToBuild: Bool?

    @OptionGroup var variables: VariableOptions

    @Option(help: ArgumentHelp("Take this environment variable away; may be repeated.", valueName: "name"))
    var unsetEnv: [String] = []

    @OptionGroup var options: VersionCommandOptions
    @OptionGroup var global: GlobalOptions

    static let operation = "version set"
    var json: Bool { options.json }

    func validate() throws {
      if [gitRepo, tarball, gist].count(where: { $0 != nil }) > 1 {
        throw ValidationError("--git-repo, --tarball and --gist are alternatives")
      }
      let isAnything =
        gitRepo != nil || tarball != nil || gist != nil || buildTag != nil || applyEnvVarsToBuild != nil
        || !variables.env.isEmpty || !variables.secretEnv.isEmpty || !unsetEnv.isEmpty
      if !isAnything { throw ValidationError("nothing to change; name something, as --build-tag") }
      if buildTag == "" { throw ValidationError("--build-tag must not be empty; none takes the tag away") }
    }

    func perform(_ environment: ProcessEnvironment) async throws(Failure) {
      var edit = VersionEdit()
      edit.source =
        gitRepo.map { .gitRepository($0) } ?? tarball.map { .tarball($0) } ?? gist.map { .gist($0) }
      edit.buildTag = buildTag.map { $0 == "none" ? .none : .set($0) }
      edit.appliesVariablesToBuild = applyEnvVarsToBuild
      edit.variables = try variables.variables(environment)
      edit.removedVariables = unsetEnv
      let wanted = edit
      try await options.run(environment, global, Self.operation) {
        settings, client throws(DeployError) in
        try await wanted.apply(to: settings, client: client)
      }
    }
  }
}

/// What both commands about versions understand.
struct VersionCommandOptions: ParsableArguments {
  @Option(help: "The project's folder, whose actor.json names the Actor and the version.")
  var folder = "."

  @OptionGroup var platform: PlatformOptions
  @OptionGroup var target: VersionOptions

  @Flag(help: "Say it as one JSON object on standard output.")
  var json = false

  /// Has `body` look at, or change, the version, and shows it.
  func run(
    _ environment: ProcessEnvironment, _ global: GlobalOptions, _ operation: String,
    _ body: (PushSettings, ApifyClient) async throws(DeployError) -> VersionReader.Found
  ) async throws(Failure) {
    let console = global.console(environment)
    let settings = try target.settings(in: folder)
    let userFiles = UserFiles(home: environment["HOME"].map { Array($0.utf8) })
    let client = try platform.client(environment, userFiles, console)
    let outcome: Result<VersionReader.Found, Failure>
    do throws(DeployError) { outcome = .success(try await body(settings, client)) } catch {
      outcome = .failure(Failure(error, root: client.root))
    }
    await client.shutdown()
    let found = try outcome.get()
    if json {
      VersionReport(found, operation: operation).write()
      return
    }
    do throws(SystemError) {
      var output = StandardOutput()
      for line in VersionText.lines(found) { try output.write(text: line + "\n") }
      try output.flush()
    } catch {
      throw Failure(output: "standard output", error)
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Deploy
internal import SourcePackage
internal import SystemIO

struct VersionSetCommand: PlatformCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", _superCommandName: VersionCommand.path, abstract: "Change properties of a version.",
    discussion: """
      Prints the updated version. Properties that are not named stay. Files are for actorpush push.

        actorpush version set --build-tag beta   builds get the tag beta
        actorpush version set --env LEVEL=debug  set a variable
        actorpush version set --unset-env LEVEL  remove it
        actorpush version set --git-repo URL     take the source from git
      """)

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

  @OptionGroup(title: "Environment variables") var variables: VariableOptions

  @Option(help: ArgumentHelp("Remove this environment variable; may be repeated.", valueName: "name"))
  var unsetEnv: [String] = []

  @OptionGroup var options: VersionCommandOptions
  @OptionGroup(title: "Output") var global: GlobalOptions

  static let operation = "version set"
  var json: Bool { options.json }

  func validate() throws {
    if [gitRepo, tarball, gist].count(where: { $0 != nil }) > 1 {
      throw ValidationError("--git-repo, --tarball and --gist are alternatives")
    }
    if let fault = source?.fault { throw ValidationError(fault) }
    let isAnything =
      gitRepo != nil || tarball != nil || gist != nil || buildTag != nil || applyEnvVarsToBuild != nil
      || variables.isAny || !unsetEnv.isEmpty
    if !isAnything { throw ValidationError("nothing to change; give an option, e.g. --build-tag") }
  }

  private var source: VersionEdit.Source? {
    gitRepo.map { .gitRepository($0) } ?? tarball.map { .tarball($0) } ?? gist.map { .gist($0) }
  }

  func perform(_ environment: ProcessEnvironment) async throws(Failure) {
    let edit = try edit(environment)
    let settings = try options.target.settings(in: options.folder, environment, global.console(environment))
    let renderer = DeployRenderer(global.console(environment))
    let found = try await options.platform.withClient(environment, global.console(environment)) {
      client throws(Failure) in
      do throws(DeployError) {
        return try await edit.run(
          settings, stateDirectory: environment.context.stateDirectory, on: client, events: renderer.show)
      } catch {
        throw Failure(error)
      }
    }
    if json { return try write(VersionReport(found), environment) }
    try options.show(found, global.console(environment))
  }

  private func edit(_ environment: ProcessEnvironment) throws(Failure) -> VersionEdit {
    var edit = VersionEdit()
    edit.source = source
    edit.buildTag = try buildTag.map { text throws(Failure) in
      text == "none" ? .none : .set(try tagValue("--build-tag", text))
    }
    edit.appliesVariablesToBuild = applyEnvVarsToBuild
    edit.variables = try variables.variables(environment)
    do throws(DeployError) {
      if let search = try SecretSearch(environment.context, variables: edit.variables) {
        try search.checkPlain(edit.variables)
        try edit.source?.check(search)
      }
    } catch {
      throw Failure(error)
    }
    edit.removedVariables = unsetEnv
    if let name = edit.variables.map(\.name).first(where: unsetEnv.contains) {
      throw Failure(usage: "\(TerminalText.of(name)) is both set and removed")
    }
    return edit
  }
}

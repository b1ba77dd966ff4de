// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Deploy
internal import DeployHooks

/// The process that the hook leaves behind.
struct HookDeployCommand: PlatformCommand {
  static let configuration = CommandConfiguration(
    commandName: "deploy", _superCommandName: HookCommand.path, abstract: "Carry out the deploys of a push.",
    shouldDisplay: false)

  @Argument(help: "The job's file.")
  var job: String

  @OptionGroup var global: GlobalOptions

  static let operation = "hook deploy"
  var json: Bool { false }

  func perform(_ environment: ProcessEnvironment) async throws(Failure) {
    let console = global.console(environment)
    let renderer = HookRenderer(console)
    let dependencies = try HookDependencies.current(environment, console)
    do throws(HookError) {
      try await JobOperation(Array(job.utf8), environment.context, dependencies).run(events: renderer.show)
    } catch {
      throw Failure(error)
    }
  }
}

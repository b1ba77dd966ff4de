// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import DeployHooks
internal import SystemIO

struct HookUninstallCommand: LocalCommand {
  static let configuration = CommandConfiguration(
    commandName: "uninstall", abstract: "Remove the hook, and bring back the one that was there before.")

  @OptionGroup var repository: HookLocationOptions
  @OptionGroup var global: GlobalOptions

  @Flag(help: "Also where the hook was edited since it was written.")
  var force = false

  @Flag(help: "Show what would be done, and do nothing.")
  var dryRun = false

  @Flag(help: "Say what was done as one JSON object.")
  var json = false

  static let operation = "hook uninstall"

  func perform(_ environment: ProcessEnvironment) throws(Failure) {
    let found = try repository.find(environment)
    let console = global.console(environment)
    let steps: [HookInstaller.Step]
    do throws(HookInstaller.Refusal) {
      steps = try HookInstaller(found.location, found.git).uninstall(forced: force)
    } catch {
      throw Failure(HookError.refused(error, found.location))
    }
    if steps.isEmpty {
      console.say("there is no hook of actorpush's in \(TerminalText.of(found.location.folder))")
    }
    try repository.carryOut(steps, found, isDryRun: dryRun, json: json, Self.operation, console)
  }
}

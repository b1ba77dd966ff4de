// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import DeployHooks
internal import SystemIO

struct HookUninstallCommand: LocalCommand {
  static let configuration = CommandConfiguration(
    commandName: "uninstall", _superCommandName: HookCommand.path,
    abstract: "Remove the hook, and restore the one that was there before.",
    discussion: """
        actorpush hook uninstall            remove the hook
        actorpush hook uninstall --dry-run  what would happen
        actorpush hook uninstall --force    also one that was changed since
      """)

  @OptionGroup var repository: HookLocationOptions
  @OptionGroup var global: GlobalOptions

  @Flag(help: "Remove the hook even if it was changed since it was written.")
  var force = false

  @Flag(help: "Show what would happen; change nothing.")
  var dryRun = false

  @Flag(help: "Print the outcome as one JSON object.")
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
      console.say("no actorpush hook in \(TerminalText.of(found.location.directory))")
    }
    try repository.carryOut(steps, found, isDryRun: dryRun, isJSON: json, console)
    if !dryRun { HookConsent.withdraw(found, environment) }
    if json { try write(HookChangeReport(steps, found.location, isDryRun: dryRun), environment) }
  }
}

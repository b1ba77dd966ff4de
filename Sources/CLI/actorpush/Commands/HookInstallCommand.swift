// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ArgumentParser
internal import Deploy
internal import DeployHooks
internal import Git
internal import SourceTree
internal import SystemIO

struct HookInstallCommand: LocalCommand {
  static let configuration = CommandConfiguration(
    commandName: "install", _superCommandName: HookCommand.path, abstract: "Deploy on git push.",
    discussion: """
      Writes a short pre-push hook, or, from git 2.54 on, two lines of the repository's configuration.

        actorpush hook install            deploy on git push
        actorpush hook install --strict   and stop a push whose package cannot be made
        actorpush hook install --chain    keep a hook that is there, and run it first
        actorpush hook install --dry-run  what would be written
      """)

  @OptionGroup var repository: HookLocationOptions
  @OptionGroup var hook: PrePushOptions
  @OptionGroup var global: GlobalOptions

  @Flag(help: "Keep an existing hook, and run it first.")
  var chain = false

  @Flag(help: "Back up an existing hook; uninstall restores it.")
  var force = false

  @Flag(help: "Show what would be written; write nothing.")
  var dryRun = false

  @Flag(help: "Print the outcome as one JSON object.")
  var json = false

  static let operation = "hook install"

  func validate() throws {
    if chain && force { throw ValidationError("--chain and --force are alternatives") }
  }

  func perform(_ environment: ProcessEnvironment) throws(Failure) {
    let found = try repository.find(environment)
    let console = global.console(environment)
    let program = String(decoding: try HookProgram.path(), as: UTF8.self)
    let map = try HookMap(hook.map, found)
    let options = HookScript.Options(
      program: program, arguments: hook.arguments(map: map?.path), chains: false)
    let steps: [HookInstaller.Step]
    do throws(HookInstaller.Refusal) {
      steps = try HookInstaller(found.location, found.git).install(options, chains: chain, forced: force)
    } catch {
      if let text = HookText.byHand(error, HookScript(options)) {
        console.say(text)
        console.say("then agree to what is deployed: actorpush hook allow")
      }
      throw Failure(HookError.refused(error, found.location))
    }
    // Before anything is written: what cannot be agreed to could not be deployed.
    let consent = try HookConsent.read(found, map: map?.path, environment)
    try repository.carryOut(steps, found, isDryRun: dryRun, isJSON: json, console)
    if map == nil, !isMapped(found) {
      console.say(
        "nothing is deployed yet: commit a \(DeployMap.path) that says which branch goes where, as "
          + #"{"push": {"main": {"version": "0.1", "tag": "latest"}}}"# + ", and run actorpush hook allow")
    } else if !dryRun {
      try HookConsent.give(consent, found, environment)
      for line in HookText.lines(consent, map: map?.path) { console.say(line) }
      if let fault = consent.fault(map: map?.path) {
        let diagnosis = Diagnosis(fault)
        console.warn(Warning("not agreed to: \(diagnosis.message)", remedy: diagnosis.help))
      }
    }
    if json { try write(HookChangeReport(steps, found.location, isDryRun: dryRun), environment) }
  }

  /// Whether there is a map here, at the top, or of an Actor anywhere below.
  private func isMapped(_ found: HookLocationOptions.Found) -> Bool {
    let near = [Array(repository.folder.utf8), found.repository.worktree ?? []].contains { directory in
      Paths.status(Paths.join(directory, Array(DeployMap.path.utf8))) != nil
    }
    if near { return true }
    let listing = try? found.git.output(["ls-files", "-z", "--", "*/\(DeployMap.path)"])
    return listing?.isEmpty == false
  }
}

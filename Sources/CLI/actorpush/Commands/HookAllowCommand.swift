// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import DeployHooks
internal import SystemIO

struct HookAllowCommand: LocalCommand {
  static let configuration = CommandConfiguration(
    commandName: "allow", _superCommandName: HookCommand.path,
    abstract: "Agree to what the maps of the work tree deploy.",
    discussion: """
      A pushed commit deploys only what its map and the one agreed to say alike: a branch of others may bring a map of its \
      own. install agrees, too.

        actorpush hook allow                    agree to the maps of the work tree
        actorpush hook allow --map deploy.json  to another file
        actorpush hook allow --json             what is agreed to, for a script
      """
  )

  @OptionGroup var repository: HookLocationOptions
  @OptionGroup var global: GlobalOptions

  @Option(help: "The file that says which branch goes where, in place of .actor/actorpush.json.")
  var map: String?

  @Flag(help: "Print what is agreed to as one JSON object.")
  var json = false

  static let operation = "hook allow"

  func perform(_ environment: ProcessEnvironment) throws(Failure) {
    let found = try repository.find(environment)
    let map = try HookMap(map, found)?.path
    let consent = try HookConsent.read(found, map: map, environment)
    try HookConsent.give(consent, found, environment)
    let console = global.console(environment)
    for line in HookText.lines(consent, map: map) { console.say(line) }
    let report = HookConsentReport(consent, map: map)
    if let fault = consent.fault(map: map) {
      var failure = Failure(fault)
      failure.content = report
      throw failure
    }
    if json { try write(report, environment) }
  }
}

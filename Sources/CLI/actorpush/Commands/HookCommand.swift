// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser

struct HookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: name, abstract: "Deploy on git push.",
    discussion: """
      .actor/actorpush.json says which branch goes where: {"push": {"main": {"version": "1.0", "tag": "latest"}}}. After \
      actorpush hook install, git push deploys the commit that was pushed, once it has arrived, without being held up.

        actorpush hook install  deploy on git push
        actorpush hook status   which hook runs, and what became of the pushes
        git push                deploys, once the commit has arrived
        ACTORPUSH=0 git push    deploys nothing, this once
      """,
    subcommands: [
      HookInstallCommand.self, HookAllowCommand.self, HookUninstallCommand.self, HookStatusCommand.self,
      HookPrePushCommand.self,
      HookDeployCommand.self,
    ])

  private static let name = CommandName.hook.rawValue
  /// What its commands give as their super-command (``ActorPush/name``).
  static let path = "\(ActorPush.name) \(name)"
}

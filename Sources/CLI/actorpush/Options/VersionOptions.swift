// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import ArgumentParser
internal import Deploy
internal import SystemIO

/// Which version of which Actor.
struct VersionOptions: ParsableArguments {
  @Option(help: "The Actor: its ID, user~name or user/name, or ~name.", completion: .actors)
  var actor: String?

  @Option(help: "The version, as 0.1.", completion: .versions)
  var version: String?

  /// The version that these options name, as far as they do.
  func target(tag: String? = nil) throws(Failure) -> VersionTarget {
    VersionTarget(
      actor: try reference(),
      version: try version.map { text throws(Failure) in
        try argument("--version", text) { text throws(InvalidValue) in try VersionNumber(text) }
      },
      tag: try tag.map { text throws(Failure) in try tagValue("--tag", text) })
  }

  /// What actor.json in the directory `named`, or in that of the project at hand, and these options say; of
  /// the version where `readsVersion`.
  func settings(
    in named: String?, _ environment: ProcessEnvironment, _ console: Console, readsVersion: Bool = true
  ) throws(Failure) -> PushSettings {
    let target = try target()
    let directory = ProjectDirectory.find(named, environment, console)
    return try operate { () throws(DeployError) in
      try Project(ProjectLocation(Array(directory.utf8)), environment.context).settings(
        for: target, readsVersion: readsVersion)
    }
  }

  private func reference() throws(Failure) -> ActorReference? {
    guard let actor else { return nil }
    do throws(ActorReferenceError) {
      return try ActorReference(actor)
    } catch {
      throw Failure(usage: "--actor \(TerminalText.of(actor)): \(error)")
    }
  }
}

/// The tag that `text`, the value of `option`, is.
func tagValue(_ option: String, _ text: String) throws(Failure) -> BuildTag {
  try argument(option, text) { text throws(InvalidValue) in try BuildTag(text) }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import SystemIO

/// What a command line has to say so that it means the same as these settings: what actor.json says it says
/// as well.
extension PushSettings {
  /// For commands that read the version or change the directory: " --actor ID --version 1.0"; empty where
  /// none is needed.
  package var versionOptions: String {
    let usual = try? PushSettings(configuration: configuration)
    return (usual?.reference == reference ? "" : Self.option("--actor", reference.description))
      + (usual?.version == version ? "" : Self.option("--version", version.description))
  }

  /// For a push; also " --tag TAG" and " --commit REV".
  package var pushOptions: String {
    let usual = try? PushSettings(configuration: configuration, target: VersionTarget(version: version))
    let tag = usual?.buildTag == buildTag ? nil : tagName
    return versionOptions + (tag.map { Self.option("--tag", $0) } ?? "")
      + (revision.map { Self.option("--commit", $0) } ?? "")
  }

  private static func option(_ name: String, _ value: String) -> String {
    " " + (value.hasPrefix("-") ? ShellText.word("\(name)=\(value)") : "\(name) \(ShellText.word(value))")
  }
}

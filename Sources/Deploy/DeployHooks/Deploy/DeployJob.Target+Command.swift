// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import SystemIO

extension DeployJob.Target {
  /// The arguments by which a user has the program do what the hook does for this target: the inverse of
  /// ``Deploy/PushRequest/init(_:follows:tool:)``. No option says which branch was pushed, nor that the tag
  /// comes from a map.
  package var arguments: [String] {
    var words = ["push", "--commit", commit]
    if !actor.isEmpty { words += Self.option("--actor", actor) }
    if !version.isEmpty { words += Self.option("--version", version) }
    if let tag { words += Self.option("--tag", tag) }
    if sourceType != .auto { words += Self.option("--source-type", sourceType.rawValue) }
    if !builds { words.append("--no-build") }
    if let timeout { words += Self.option("--timeout", "\(timeout)s") }
    return words + [folder]
  }

  /// The same as a line for a shell.
  package var command: String {
    (["actorpush"] + arguments).map(ShellText.word).joined(separator: " ")
  }

  /// `option` with `value`, which may look like another option.
  private static func option(_ option: String, _ value: String) -> [String] {
    value.hasPrefix("-") ? ["\(option)=\(value)"] : [option, value]
  }
}

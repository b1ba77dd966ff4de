// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Deploy

/// What `build` does.
struct BuildOptions: ParsableArguments {
  @Flag(help: "Follow the build to its end; the exit status says how it ended, as that of push.")
  var follow = false

  @Flag(help: "Print the log on standard output.")
  var log = false

  @Flag(help: "Abort the build.")
  var abort = false

  @Flag(help: "Build the version and follow that.")
  var start = false

  @Option(help: "With --start: the tag that the build gets, in place of the version's.", completion: .tags)
  var tag: String?

  @Option(
    help: ArgumentHelp("Stop following the build after this time; the build goes on.", valueName: "seconds"))
  var wait: Int?

  func validate() throws {
    if [follow, abort, start].count(where: \.self) > 1 {
      throw ValidationError("--follow, --abort and --start are alternatives")
    }
    if tag != nil, !start { throw ValidationError("--tag is for --start; actorpush tag moves a tag") }
    if let wait {
      guard (0...86_400).contains(wait) else {
        throw ValidationError("--wait must be from 0 to 86400 seconds")
      }
      guard follow || start else { throw ValidationError("--wait is for --follow and --start") }
    }
  }

  func action() throws(Failure) -> BuildOperation.Action {
    if start {
      return .start(tag: try tag.map { text throws(Failure) in try tagValue("--tag", text) })
    }
    return follow ? .follow : abort ? .abort : .look
  }
}

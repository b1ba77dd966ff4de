// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ArgumentParser

/// The options of `check` alone.
struct CheckOptions: ParsableArguments {
  @Flag(help: "Fail on warnings, too.")
  var strict = false

  @Option(help: ArgumentHelp("Fail where the files have more bytes in all.", valueName: "bytes"))
  var maxSize: Int?

  @Option(help: "How the files would be sent: auto, files or zip.")
  var sourceType = SourceChoice.auto

  @Option(help: "The tag that builds of the version would get.", completion: .tags)
  var tag: String?

  @OptionGroup var secrets: SecretOptions

  func validate() throws {
    if let maxSize, maxSize < 0 { throw ValidationError("--max-size must not be negative") }
  }
}

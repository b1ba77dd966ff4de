// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ArgumentParser
internal import Deploy

/// The options of `push` alone.
struct PushOptions: ParsableArguments {
  @Option(help: "The tag that builds of the version get.", completion: .tags)
  var tag: String?

  @Option(
    help: "How the files are sent: auto (inline up to the platform's limit, else as a zip), files or zip.")
  var sourceType = SourceChoice.auto

  @Flag(
    inversion: .prefixedNo, exclusivity: .exclusive,
    help: "Build also an unchanged version; or do not build at all.")
  var build: Bool?

  @Flag(
    inversion: .prefixedNo, exclusivity: .exclusive,
    help: ArgumentHelp(
      "Say in .actor/provenance.json of the package which commit it comes from (the default; it counts in no comparison); or do not. Also: \"provenance\": false in .actor/actorpush.json."
    ))
  var provenance: Bool?

  @Option(
    help: ArgumentHelp("Stop following the build after this time; the build goes on.", valueName: "seconds"))
  var wait: Int?

  @Option(
    help: ArgumentHelp(
      "How long the whole push may take, as 90s, 15m or 2h; by default 1h beyond --wait, and 3h without it.",
      valueName: "duration"))
  var timeout: TimeLimit?

  @Flag(help: "Push an unchanged package, too, and overwrite changes of others.")
  var force = false

  @Flag(help: "Remove the platform's environment variables that actor.json does not declare.")
  var pruneEnv = false

  @Flag(help: "Leave out environment variables whose secret is neither here nor on the platform.")
  var allowMissingSecrets = false

  @OptionGroup var secrets: SecretOptions

  @Option(
    help: ArgumentHelp(
      "How many zips of former builds stay in the store, beside those in use.", valueName: "count"))
  var keepArchives = 5

  @Flag(help: "Push to the account of the token, although the directory was pushed to another one before.")
  var switchAccount = false

  @Flag(help: "Stop at what actorpush check would warn of.")
  var strict = false

  @Flag(help: "Show what would happen; change nothing.")
  var dryRun = false

  func validate() throws {
    if let wait, !(0...86_400).contains(wait) {
      throw ValidationError("--wait must be from 0 to 86400 seconds")
    }
    guard (0...1000).contains(keepArchives) else {
      throw ValidationError("--keep-archives must be from 0 to 1000")
    }
  }

  /// Adds them to `request`.
  func apply(to request: inout PushRequest) {
    request.form = sourceType
    request.build = build.map { $0 ? .always : .never } ?? .whenChanged
    request.provenance = provenance.map { $0 ? .always : .never } ?? .byProject
    request.wait = wait.map { .seconds($0) }
    request.timeout = timeout?.duration
    request.isForced = force
    request.prunesVariables = pruneEnv
    request.allowsMissingSecrets = allowMissingSecrets
    request.secretsAllowedIn = secrets.allowed
    request.keptArchives = keepArchives
    request.switchesAccount = switchAccount
    request.isStrict = strict
    request.isDryRun = dryRun
  }
}

extension SourceChoice: ArgumentChoice {}

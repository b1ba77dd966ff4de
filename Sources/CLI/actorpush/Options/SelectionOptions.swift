// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Deploy
internal import SystemIO

/// Which of a repository's Actors a command is about.
struct SelectionOptions: ParsableArguments {
  @Flag(help: "Take every Actor in the directory and below it: wherever there is an .actor/actor.json.")
  var all = false

  @Option(
    help: ArgumentHelp(
      "With --all: only Actors of which something differs between this commit and the one that is checked out, or that --commit names.",
      valueName: "rev"), completion: .revisions)
  var changedSince: String?

  @Option(
    help: ArgumentHelp(
      "With --all: only the K-th of N shares, by the Actors' names; so that N machines share the work.",
      valueName: "k/n"))
  var shard: Shard?

  func validate() throws {
    if !all, changedSince != nil || shard != nil {
      throw ValidationError("--changed-since and --shard are for --all")
    }
  }

  /// The Actors below `directory`.
  func below(_ directory: String?) -> ActorSelection {
    var selection = ActorSelection(.below(Array((directory ?? ".").utf8)))
    selection.changedSince = changedSince
    selection.shard = shard
    return selection
  }
}

/// How several Actors are gone through.
struct JobOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How many Actors are at work at a time.", valueName: "count"))
  var jobs = ActorJobs.usualCount

  @Flag(help: "Begin no other Actor after one that has failed.")
  var failFast = false

  func validate() throws {
    guard (1...64).contains(jobs) else { throw ValidationError("--jobs must be from 1 to 64") }
  }

  var value: ActorJobs {
    var value = ActorJobs()
    value.atATime = jobs
    value.failsFast = failFast
    return value
  }
}

extension Shard: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Deploy

/// The options of commands that package a directory.
struct TreeOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "The project's directory; otherwise the nearest one with an actor.json, from here up.",
      valueName: "directory"), completion: .directory)
  var folder: String?

  @OptionGroup(title: "Files") var source: SourceOptions

  /// Where the files are.
  func location(_ environment: ProcessEnvironment, _ console: Console) -> ProjectLocation {
    source.location(ProjectDirectory.find(folder, environment, console))
  }
}

/// Which files of a directory are packaged.
struct SourceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Take the files from this commit of the git repository, not from the work tree.",
      valueName: "rev"), completion: .revisions)
  var commit: String?

  @Flag(
    help:
      "With --commit: make of each file what a checkout makes of it (line ends, encoding, Git LFS, git-crypt). This runs the filter commands that git's configuration names, the repository's .git/config among it."
  )
  var filters = false

  @OptionGroup(title: "Files") var links: LinkOptions

  func validate() throws {
    if filters, commit == nil {
      throw ValidationError("--filters is for --commit; a work tree is filtered already")
    }
  }

  /// The files of `directory`.
  func location(_ directory: String) -> ProjectLocation {
    var location = links.location(directory, revision: commit)
    location.runsFilters = filters
    return location
  }
}

/// What becomes of symbolic links, and of work trees in the work tree.
struct LinkOptions: ParsableArguments {
  @Flag(help: "Follow symbolic links that lead out of the directory.")
  var followExternalLinks = false

  @Flag(help: "Leave out symbolic links that lead nowhere, with a warning.")
  var skipBrokenLinks = false

  @Flag(help: "Package linked work trees of the same repository that lie in the directory.")
  var includeWorktrees = false

  @Flag(
    help: "Package all of a Docker context that lies above the Actor, not only what its Dockerfile copies.")
  var wholeContext = false

  /// The files of `directory`.
  func location(_ directory: String, revision: String? = nil) -> ProjectLocation {
    var location = ProjectLocation(Array(directory.utf8), revision: revision)
    location.followsExternalLinks = followExternalLinks
    location.skipsBrokenLinks = skipBrokenLinks
    location.includesWorktrees = includeWorktrees
    location.packsWholeContext = wholeContext
    return location
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ArgumentParser
internal import Git
internal import SourceTree
internal import SystemIO

/// What commands that package the folder that they are given understand.
struct TreeOptions: ParsableArguments {
  @Argument(help: "The project's folder.")
  var folder = "."

  @Option(
    help: ArgumentHelp(
      "Take the folder's files from this commit of its git repository, not from the work tree.",
      valueName: "rev"))
  var commit: String?

  @OptionGroup var links: LinkOptions

  /// Where the files are; a commit is looked up here.
  func source(_ environment: ProcessEnvironment) throws(Failure) -> TreeSource {
    guard let commit else { return TreeSource(folder: folder, commit: nil, links: links) }
    do throws(SourceTreeError) {
      let source = try CommitSource(
        commit, folder: Array(folder.utf8), followsExternalLinks: links.followExternalLinks,
        variables: environment.variables, spoolFolders: environment.spoolFolders,
        cancellation: environment.cancellation)
      return TreeSource(folder: folder, commit: source, links: links)
    } catch {
      throw Failure(error)
    }
  }
}

extension TreeOptions {
  /// The same, for commands that must not block.
  func source(besideOthers environment: ProcessEnvironment) async throws(Failure) -> TreeSource {
    let options = self
    return try await Threads.run { () -> Result<TreeSource, Failure> in
      do throws(Failure) { return .success(try options.source(environment)) } catch {
        return .failure(error)
      }
    }.get()
  }
}

/// What a package is made of: a folder as it is now, or as a commit holds it.
struct TreeSource: Sendable {
  /// The folder, as it was given.
  let folder: String
  /// The commit, if it is one's.
  let commit: CommitSource?
  let links: LinkOptions

  /// The tree as a plan, with its warnings said.
  func plan(
    detail: WalkOptions.Detail = .names, recordsExcluded: Bool = false, opensFiles: Bool = true,
    output: [UInt8]? = nil, environment: ProcessEnvironment, console: Console
  ) throws(Failure) -> Plan {
    var options = links.options(environment)
    options.detail = detail
    options.recordsExcluded = recordsExcluded
    options.opensFiles = opensFiles
    options.output = output
    let chosen = options
    return try links.plan(console) { () throws(SourceTreeError) in
      if let commit { try commit.plan(chosen) } else { try Walk.plan(Array(folder.utf8), options: chosen) }
    }
  }

  /// The contents of one of the project's own files, in `.actor` or at the top.
  func contents(_ path: String) -> [UInt8]? {
    if let commit { return commit.contents(path) }
    return Paths.contents(Paths.join(Array(folder.utf8), Array(path.utf8)))
  }

  /// What its actor.json says.
  func configuration() throws(ProjectError) -> ActorConfiguration {
    try ActorConfiguration.read(contents)
  }
}

/// What becomes of symbolic links.
struct LinkOptions: ParsableArguments {
  @Flag(help: "Follow symbolic links that lead out of the folder.")
  var followExternalLinks = false

  @Flag(help: "Pass over symbolic links that lead nowhere, with a warning.")
  var skipBrokenLinks = false

  /// A walk by these options.
  func options(_ environment: ProcessEnvironment) -> WalkOptions {
    WalkOptions(
      followsExternalLinks: followExternalLinks, skipsBrokenLinks: skipBrokenLinks,
      git: GitEnvironment(variables: environment.variables))
  }

  /// What `makePlan` gives, with its warnings said.
  func plan(_ console: Console, _ makePlan: () throws(SourceTreeError) -> Plan) throws(Failure) -> Plan {
    do throws(SourceTreeError) {
      let plan = try makePlan()
      for warning in plan.warnings { console.warn(Self.text(warning)) }
      return plan
    } catch {
      throw Failure(error)
    }
  }

  private static func text(_ warning: WalkWarning) -> String {
    let path = TerminalText.of(warning.path)
    switch warning.kind {
    case .specialFile: return "\(path): a FIFO, socket or device, which has no content to send; left out"
    case .brokenLink: return "\(path): a symbolic link that leads nowhere; left out"
    case .rootIgnored(let rule):
      return "\(TerminalText.of(rule)) would leave out the pushed folder itself; passed over"
    case .nothingToBringBack(let rule):
      return "\(TerminalText.of(rule)) brings back nothing from this commit; what is built is not in it, "
        + "but actorpush push without --commit sends the work tree"
    case .cannotBringBack(let rule): return "\(TerminalText.of(rule)) has no effect: \(path) is never packaged"
    }
  }
}

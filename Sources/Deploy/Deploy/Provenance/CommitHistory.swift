// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import Git
package import SourcePackage
package import SourceTree
package import SystemIO

/// What the repository of the project directory knows about commits: where a package comes from, and what a
/// version on the platform came from. Calls block: not for the cooperative pool's threads.
package struct CommitHistory: Sendable {
  /// How many commits are searched for the files of a version.
  private static let reach = 50

  /// The commit that is pushed, or checked out.
  package let tip: String
  /// Whether the files are the commit's own.
  package let isCommit: Bool
  /// The branch, if one is meant.
  package let branch: String?

  private let location: ProjectLocation
  /// The path from the top of the work tree to the directory.
  let prefix: [UInt8]
  private let options: WalkOptions
  /// What the package is made of, where that is more than the directory.
  var context: PackageContext?
  private let variables: [String: String]
  private let spoolDirectories: [[UInt8]]
  private let cancellation: CancellationFlag
  let git: Git

  /// The history that ends with `revision` (HEAD, where the work tree is pushed), as far as it bears on
  /// the directory at `location`.
  ///
  /// - Parameters:
  ///   - name: the name that the revision was given by, perhaps a branch.
  ///   - branch: the branch that is pushed, where that does not say.
  /// - Throws: that there is no repository, or no such commit.
  package init(
    of location: ProjectLocation, revision: String?, name: String?, branch: String?, options: WalkOptions,
    variables: [String: String],
    spoolDirectories: [[UInt8]], cancellation: CancellationFlag
  ) throws(SourceTreeError) {
    let place: RepositoryLocation
    do throws(RepositoryLocation.Failure) {
      place = try RepositoryLocation(
        of: location.directory, below: location.top, variables: variables, cancellation: cancellation)
    } catch {
      throw SourceTreeError(error)
    }
    git = Git(repository: place.directory, variables: variables, cancellation: cancellation)
    isCommit = revision != nil
    let wanted = revision ?? "HEAD"
    do throws(Git.Failure) {
      tip = Self.lastLine(
        of: try git.output(["rev-parse", "--verify", "--end-of-options", wanted + "^{commit}"]))
    } catch {
      guard case .failed = error else { throw SourceTreeError(error, path: location.directory) }
      throw SourceTreeError(.noSuchCommit, path: Array(wanted.utf8), detail: "there is no such commit")
    }
    let heads = "refs/heads/"
    let reference =
      Self.line(of: ["rev-parse", "--symbolic-full-name", "--end-of-options", name ?? wanted], git) ?? ""
    self.branch = branch ?? (reference.hasPrefix(heads) ? String(reference.dropFirst(heads.count)) : nil)
    self.location = location
    prefix = place.prefix
    self.options = options
    self.variables = variables
    self.spoolDirectories = spoolDirectories
    self.cancellation = cancellation
  }

  /// Whether `commit` is for certain not among what led to the tip. One that is not known here may be, in a
  /// shallow clone alone.
  func lacks(_ commit: String) -> Bool { contains(commit).map { !$0 } ?? !isShallow }

  /// Whether `commit` is among what led to the tip; nil where it is not known here.
  func contains(_ commit: String) -> Bool? {
    do throws(Git.Failure) {
      _ = try git.output(["merge-base", "--is-ancestor", commit, tip])
      return true
    } catch {
      if case .failed(status: 1?, _) = error { return false }
      // A shallow clone names the parents of its last commit without having them.
      return isParent(commit) ? true : nil
    }
  }

  private func isParent(_ commit: String) -> Bool {
    guard let text = try? git.output(["cat-file", "commit", tip]) else { return false }
    let head = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).prefix {
      !$0.isEmpty
    }
    return head.contains { $0.elementsEqual("parent \(commit)".utf8) }
  }

  /// Whether the repository has only the last commits of its history.
  var isShallow: Bool { Self.line(of: ["rev-parse", "--is-shallow-repository"], git) == "true" }

  /// The last commits that led to the tip, which is the first of them; of those with the same files one.
  ///
  /// - Parameter before: a commit; it, and those that led to it, are left out. Nil for none; one that is not
  ///   known here leaves out none.
  func lastCommits(since before: String? = nil) -> [String] {
    let range = [tip] + (before.map { ["^" + $0] } ?? [])
    guard
      let output = try? git.output(["log", "--max-count=\(Self.reach)", "--format=%H %T"] + range + ["--"])
    else {
      return before == nil ? [] : lastCommits()
    }
    var trees: Set<[UInt8]> = []
    return output.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let words = line.split(separator: UInt8(ascii: " "))
      guard words.count == 2, trees.insert(Array(words[1])).inserted else { return nil }
      return String(decoding: words[0], as: UTF8.self)
    }
  }

  /// One of the last commits that has just the contents of `manifest`, and what its package holds; nil where
  /// none has.
  func last(holding manifest: Manifest, isZip: Bool) -> (commit: String, manifest: Manifest)? {
    for commit in lastCommits() {
      guard let then = self.manifest(of: commit, isZip: isZip), then.hasSameContents(as: manifest) else {
        continue
      }
      return (commit, then)
    }
    return nil
  }

  /// What the package of `commit` holds; nil where none can be made of it here.
  func manifest(of commit: String, isZip: Bool) -> Manifest? {
    do {
      let source = try source(of: commit)
      let context = try context(of: commit, source)
      let plan = if let context { try context.plan(options) } else { try source.plan(options) }
      return try LocalContents(plan, isZip: isZip, cancellation: cancellation).manifest
    } catch {
      return nil
    }
  }

  /// What the package of `commit` has as `name`; nil where none can be made of it here.
  func packaged(_ name: [UInt8], of commit: String) -> [UInt8]? {
    guard let source = try? source(of: commit) else { return nil }
    return (try? context(of: commit, source))?.contents(name)
  }

  private func context(of commit: String, _ source: CommitSource) throws(DeployError) -> ContextSource? {
    try ContextSource(location, source, variables: variables) { directory throws(SourceTreeError) in
      try self.source(of: commit, in: directory)
    }
  }

  /// The values that actor.json gives to variables that are no secrets, and the names of those that are, in
  /// the last commits that changed it.
  func givenVariables() -> (values: [String: Set<String>], secrets: Set<String>) {
    let files = [":(top,glob)**/actor.json", ":(top,glob)**/apify.json"]
    let log = ["log", "--max-count=\(Self.reach)", "--full-history", "--format=%H", tip, "--"]
    var given: (values: [String: Set<String>], secrets: Set<String>) = ([:], [])
    for commit in (try? git.output(log + files))?.split(separator: UInt8(ascii: "\n")) ?? [] {
      let commit = String(decoding: commit, as: UTF8.self)
      guard let source = try? source(of: commit),
        let configuration = try? ActorConfiguration.read({ source.contents($0) })
      else { continue }
      for variable in configuration.environmentVariables ?? [] {
        if variable.secretName != nil {
          given.secrets.insert(variable.name)
        } else {
          given.values[variable.name, default: []].insert(variable.value)
        }
      }
    }
    return given
  }

  private func source(
    of commit: String, in other: [UInt8]? = nil
  ) throws(SourceTreeError) -> CommitSource {
    try CommitSource(
      commit, directory: other ?? location.directory, below: location.top,
      followsExternalLinks: options.followsExternalLinks,
      variables: variables,
      fetches: false, spoolDirectories: spoolDirectories, cancellation: cancellation)
  }

  /// What a package of the directory says about itself, whose digest is `digest`.
  package func provenance(digest: String, isZip: Bool, tool: String) -> Provenance {
    let isDirty = !isCommit && manifest(of: tip, isZip: isZip)?.digest != digest
    return Provenance(commit: tip, branch: branch, isDirty: isDirty, digest: digest, tool: tool)
  }

  static func line(of arguments: [String], _ git: Git) -> String? {
    (try? git.output(arguments)).map(lastLine)
  }

  private static func lastLine(of output: [UInt8]) -> String {
    String(decoding: output.split(separator: UInt8(ascii: "\n")).last ?? [], as: UTF8.self)
  }
}

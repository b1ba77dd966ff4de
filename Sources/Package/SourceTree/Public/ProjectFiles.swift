// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git

/// The files and directories of a project that git does not ignore, as `actorpush list` shows them; the
/// user's own ignore file counts where ``Options/environment`` has HOME.
///
/// ```swift
/// let files = try ProjectFiles(in: ".")
/// for entry in files.entries where !entry.isDirectory { print(entry.name) }
/// ```
public struct ProjectFiles: Sendable {
  /// A file or a directory of the package.
  public struct Entry: Hashable, Sendable {
    /// Its path, relative to the project's directory: UTF-8.
    public let path: [UInt8]
    /// Whether it is a directory. One that is empty is an entry, too.
    public let isDirectory: Bool

    /// Its path as text.
    public var name: String { String(decoding: path, as: UTF8.self) }
  }

  /// What is left out, and why.
  public struct Exclusion: Hashable, Sendable {
    /// Its path, relative to the project's directory.
    public let path: [UInt8]
    /// Whether it is a directory, left out with all that is in it.
    public let isDirectory: Bool
    /// The rule in words: "src/.gitignore:3: *.o".
    public let reason: String
  }

  /// How the directory is read.
  public struct Options: Sendable {
    /// Whether symbolic links may lead out of the project.
    public var followsExternalLinks = false
    /// Whether links that lead nowhere are left out; else they are an error.
    public var skipsBrokenLinks = false
    /// Whether to find out what is left out.
    public var recordsExclusions = false
    /// The environment that git would read its settings by, such as HOME and XDG_CONFIG_HOME.
    public var environment: [String: String] = [:]

    /// The defaults.
    public init() {}
  }

  /// The entries in the byte order of their paths, a directory before what it holds.
  public var entries: [Entry] {
    plan.entries.indices.map { Entry(path: plan.path(of: $0), isDirectory: plan.entries[$0].isDirectory) }
  }

  /// What is left out; nothing unless ``Options/recordsExclusions`` asked for it.
  public var exclusions: [Exclusion] {
    plan.excluded.map {
      Exclusion(path: $0.path, isDirectory: $0.isDirectory, reason: $0.rule.description)
    }
  }

  /// The plan that a package is made of.
  package let plan: Plan

  /// Reads the project in `directory`; blocks. No file is opened but git's and ignore files.
  ///
  /// - Throws: what is wrong with the directory, or with the first path that cannot be packaged.
  public init(in directory: String, options: Options = Options()) throws(ProjectFilesError) {
    let walk = WalkOptions(
      recordsExcluded: options.recordsExclusions, followsExternalLinks: options.followsExternalLinks,
      skipsBrokenLinks: options.skipsBrokenLinks, git: GitEnvironment(variables: options.environment))
    do throws(SourceTreeError) { plan = try Walk.plan(Array(directory.utf8), options: walk) } catch {
      throw ProjectFilesError(error)
    }
  }
}

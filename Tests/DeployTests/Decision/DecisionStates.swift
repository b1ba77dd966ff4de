// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SourcePackage
import Testing

@testable import ApifyAPI
@testable import Deploy

/// What the platform has in the place that a push is about, in the words of the tables.
enum RemoteState: String, CaseIterable, CustomTestStringConvertible {
  /// No Actor, or no such version of it.
  case noActor, noVersion
  /// Inline files: none, those of the common base, those of the edited project, those that others made, or
  /// two of one name.
  case noFiles, baseFiles, editedFiles, othersFiles, malformedFiles
  /// A zip in the Actor's own store: with a manifest beside it, or without.
  case baseZip, editedZip, othersZip, unknownZip
  /// A source that a push did not make.
  case gitRepository, gist, foreignZip, sourceCode

  var testDescription: String { rawValue }

  /// The version, with these settings beside its source; nil where there is none.
  func version(tag: String?, variables: [EnvironmentVariable]) throws -> RemoteVersion? {
    var type = SourceType.sourceFiles
    var files: [SourceFile]?
    var (repository, zip, gist): (String?, String?, String?)
    var manifest: Manifest?
    switch self {
    case .noActor, .noVersion: return nil
    case .noFiles: files = []
    case .baseFiles: files = Self.files(.base)
    case .editedFiles: files = Self.files(.edited)
    case .othersFiles: files = Self.files(.others)
    case .malformedFiles: files = Self.files(.base) + Self.files(.others)
    case .baseZip: (type, zip, manifest) = (.tarball, Self.ownZip, try ProjectState.base.manifest())
    case .editedZip: (type, zip, manifest) = (.tarball, Self.ownZip, try ProjectState.edited.manifest())
    case .othersZip: (type, zip, manifest) = (.tarball, Self.ownZip, try ProjectState.others.manifest())
    case .unknownZip: (type, zip) = (.tarball, Self.ownZip)
    case .gitRepository: (type, repository) = (.gitRepository, "https://github.com/jane/actor")
    case .gist: (type, gist) = (.gist, "https://gist.github.com/1")
    case .foreignZip: (type, zip) = (.tarball, "https://example.com/actor.zip")
    case .sourceCode: type = SourceType(rawValue: "SOURCE_CODE")
    }
    let version = ActorVersion(
      versionNumber: "0.1", sourceType: type, sourceFiles: files, gitRepoUrl: repository, tarballUrl: zip,
      gitHubGistUrl: gist, envVars: variables, applyEnvVarsToBuild: nil, buildTag: tag)
    var remote = RemoteVersion(version, root: .apify)
    if let manifest { remote.manifest = manifest }
    return remote
  }

  private static let ownZip = "https://api.apify.com/v2/key-value-stores/s1/records/version-0.1.zip"

  private static func files(_ state: ProjectState) -> [SourceFile] {
    [SourceFile(name: "main.js", format: .text, content: state.rawValue)]
  }
}

/// What a project's one file holds: what it did at the common base, what the user made of it, or what others
/// made of it.
enum ProjectState: String, CaseIterable, CustomTestStringConvertible {
  case base, edited, others

  var testDescription: String { rawValue }

  func manifest() throws -> Manifest { try .of(["main.js": rawValue]) }
}

/// What is known of the common base.
enum BaseState: String, CaseIterable, CustomTestStringConvertible {
  /// Nothing is known: there is no repository, none of its commits has the files, it is a shallow clone, or
  /// what was pushed was in no commit.
  case noHistory, noCommit, shallow, uncommitted
  /// The base is remembered; the version's own word about it was overwritten; it is a commit of another
  /// history; the version was pushed from another directory of the machine; it was pulled, and the package is
  /// without that.
  case remembered, lost, elsewhere, otherDirectory, lacking

  var testDescription: String { rawValue }

  func base() throws -> SourceComparison.Base {
    switch self {
    case .noHistory: .unknown(.noHistory)
    case .noCommit: .unknown(.noCommit)
    case .shallow: .unknown(.shallow)
    case .uncommitted: .unknown(.uncommitted)
    case .remembered: .manifest(try ProjectState.base.manifest())
    case .lost: .lost
    case .elsewhere: .elsewhere(commit: "c0ffee", branch: "topic")
    case .otherDirectory: .otherDirectory("/home/jane/shop")
    case .lacking: .lacking([Array("main.js".utf8)])
    }
  }
}

/// Whether the settings beside the source differ: the tag, and each way of a variable.
enum VariableState: String, CaseIterable {
  case same, added, changed, removed, unknownSecret
  /// Others have changed `MODE` since the last push from here.
  case contested

  /// What the platform has, beside a project that declares `MODE=fast` and the secret `KEY`.
  var current: [EnvironmentVariable] {
    let mode = EnvironmentVariable(name: "MODE", value: "fast")
    let key = EnvironmentVariable(name: "KEY", value: nil, isSecret: true)
    return switch self {
    case .same, .unknownSecret: [mode, key]
    case .added: [key]
    case .changed, .contested: [.init(name: "MODE", value: "slow"), key]
    case .removed: [mode, key, .init(name: "OLD", value: "1")]
    }
  }

  func difference() -> VariableDifference {
    var remembered = RememberedVariables()
    remembered.note(
      .all([
        ("KEY", "k", true), ("MODE", self == .changed ? "slow" : "fast", false), ("OLD", "1", false),
      ]))
    return VariableDifference(
      .all([("KEY", "k", true), ("MODE", "fast", false)]), current: current,
      remembered: self == .unknownSecret ? nil : remembered)
  }
}

/// The tag that the push asks for, where the version has the tag "latest".
enum TagState: String, CaseIterable {
  case unsaid, same, other

  var wanted: String? {
    switch self {
    case .unsaid: nil
    case .same: "latest"
    case .other: "beta"
    }
  }
}

extension DeclaredVariables {
  /// All variables that actor.json declares: name, value, whether it is a secret.
  static func all(_ variables: [(String, String, Bool)]) -> DeclaredVariables {
    var declared = some(variables)
    declared.declaredNames = Set(variables.map(\.0))
    return declared
  }

  /// Variables of the command line.
  static func some(_ variables: [(String, String, Bool)]) -> DeclaredVariables {
    var declared = DeclaredVariables()
    declared.values = variables.compactMap { .init(name: $0.0, value: $0.1, isSecret: $0.2) }
    return declared
  }
}

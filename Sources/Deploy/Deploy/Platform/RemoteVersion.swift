// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
internal import FoundationEssentials
package import SourcePackage

/// A version as the platform has it, with what is known of its contents.
package struct RemoteVersion: Sendable {
  /// Where its source is.
  package enum Source: Sendable {
    /// Inline.
    case files([SourceFile])
    /// A zip at this address; in a key-value store of the platform where it is a record.
    case zip(url: String, record: RecordAddress?)
    /// A git repository, a gist, or what else there may be: not files that were pushed.
    case elsewhere(type: SourceType, url: String?)
  }

  /// Its number.
  package let number: String
  /// Where its source is.
  package let source: Source
  /// The tag that its builds get.
  package let buildTag: String?
  /// Its environment variables; nil where the platform hasn't said.
  package let variables: [ApifyAPI.EnvironmentVariable]?
  /// Whether its builds get the variables, too.
  package let appliesVariablesToBuild: Bool
  /// What it holds, file by file; nil where that is unknown.
  package var manifest: Manifest?
  /// Whether only the key of its zip says what that holds: no manifest lies beside it.
  private var isTold = false
  /// Whether its zip is not there any longer: it is known what was in it, and nothing can be built of it.
  private(set) var isGone = false
  /// Where that comes from, if it says so.
  package var provenance: Provenance?
  /// The end of its zip, which was fetched to learn what it holds; nil where something else told that.
  var end: RecordTail?

  /// What the platform calls the kind of source.
  package var sourceType: SourceType {
    switch source {
    case .files: .sourceFiles
    case .zip: .tarball
    case .elsewhere(let type, _): type
    }
  }

  /// Whether the platform has left out the files, which says nothing about them.
  package let lacksFiles: Bool

  /// Whether it holds nothing that could be lost.
  package var isEmpty: Bool {
    if case .files(let files) = source { return files.isEmpty && !lacksFiles }
    return false
  }
}

extension RemoteVersion {
  /// What the API says about a version, under `root`.
  init(_ version: ActorVersion, root: APIRoot) {
    self.init(
      number: version.versionNumber, source: Self.source(version, root: root), buildTag: version.buildTag,
      variables: version.envVars, appliesVariablesToBuild: version.applyEnvVarsToBuild ?? false,
      lacksFiles: version.sourceFiles == nil)
  }

  private init(
    number: String, source: Source, buildTag: String?, variables: [ApifyAPI.EnvironmentVariable]?,
    appliesVariablesToBuild: Bool, lacksFiles: Bool
  ) {
    self.number = number
    self.source = source
    self.buildTag = buildTag
    self.variables = variables
    self.appliesVariablesToBuild = appliesVariablesToBuild
    self.lacksFiles = lacksFiles
    if case .files(let files) = source, !lacksFiles {
      manifest = Manifest(files)
      provenance = files.first { Provenance.isFile($0.name.utf8) }?.bytes.flatMap { Provenance($0) }
    }
  }

  private static func source(_ version: ActorVersion, root: APIRoot) -> Source {
    switch version.sourceType {
    case .sourceFiles?, nil: return .files(version.sourceFiles ?? [])
    case .tarball?:
      let url = version.tarballUrl ?? ""
      return .zip(url: url, record: RecordAddress(url, root: root))
    case .gitRepository?: return .elsewhere(type: .gitRepository, url: version.gitRepoUrl)
    case .gist?: return .elsewhere(type: .gist, url: version.gitHubGistUrl)
    case let other?: return .elsewhere(type: other, url: nil)
    }
  }

  /// What the Actor's list of versions says about one whose source is a zip: as much as the version itself
  /// would.
  init?(_ summary: ApifyActor.VersionSummary, root: APIRoot) {
    guard summary.sourceType == .tarball, let url = summary.tarballUrl, let variables = summary.envVars else {
      return nil
    }
    self.init(
      number: summary.versionNumber, source: .zip(url: url, record: RecordAddress(url, root: root)),
      buildTag: summary.buildTag, variables: variables,
      appliesVariablesToBuild: summary.applyEnvVarsToBuild ?? false, lacksFiles: true)
  }
}

extension RemoteVersion {
  /// Whether it holds the folders and files of `other`. Of a zip without a manifest beside it the key tells,
  /// not of one that another program has put in its place.
  func hasSameContents(as other: Manifest) -> Bool {
    manifest?.hasSameContents(as: other) ?? (isTold && archiveKey?.holds(other) == true)
  }

  /// Whether nothing says what is in its zip, which is there.
  var isUnread: Bool { manifest == nil && !isTold && !isGone }

  /// Takes over what `record` says about the version's zip.
  ///
  /// - Parameter evenIfGone: whether also of a zip that is not there any longer.
  mutating func read(
    _ record: ManifestRecord, _ platform: any Platform, evenIfGone: Bool = false
  ) async throws(DeployError) {
    (manifest, provenance, isTold, isGone) = (nil, nil, false, false)
    switch try await platform.ask({ try await record.look(platform) }) {
    case .contents(let contents): (manifest, provenance) = (contents.manifest, contents.provenance)
    case .gone(let contents):
      isGone = true
      if evenIfGone { (manifest, provenance) = (contents.manifest, contents.provenance) }
    case .nothing: isTold = true
    case .contradiction: break
    }
  }
}

extension Manifest {
  /// The manifest of what the platform returns, without the file that says where it comes from; nil where
  /// that is no set of files: two of a name, content that is not base64.
  init?(_ files: [SourceFile]) {
    var builder = Builder()
    for file in files where !Provenance.isFile(file.name.utf8) {
      if file.isFolder {
        builder.add(folder: Array(file.name.utf8))
        continue
      }
      guard let content = file.bytes else { return nil }
      // SAFETY: bytes have no padding; the array lives as long as the call.
      try? builder.add(file: Array(file.name.utf8), byteCount: content.count) {
        try $0(unsafe content.span.bytes)
      }
    }
    guard let manifest = try? builder.finish() else { return nil }
    self = manifest
  }
}

extension SourceFile {
  /// A file's bytes; nil for a directory, and for content that is not what its format says.
  package var bytes: [UInt8]? {
    guard !isFolder, let content else { return nil }
    switch format {
    case .text?, nil: return Array(content.utf8)
    case .base64?: return Data(base64Encoded: content).map { Array($0) }
    default: return nil
    }
  }
}

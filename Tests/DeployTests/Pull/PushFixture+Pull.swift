// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import EmulatorTesting
import FoundationEssentials
import SystemIO
import TestSupport
import Testing

@testable import Deploy
@testable import PlatformModel

extension PushFixture {
  /// Pulls into the project.
  @discardableResult
  func pull(_ edit: (inout PullRequest) -> Void = { _ in }) async throws -> PullOutcome {
    var request = PullRequest(.project(ProjectLocation(Array(project.path.utf8))))
    edit(&request)
    let (chosen, context) = (request, context)
    let pull = try await Threads.run { () throws(DeployError) in try PullOperation(chosen, context) }
    return try await pull.run(on: platform) { _ in }
  }

  /// What a pull that must fail says.
  func failedPull(_ edit: (inout PullRequest) -> Void = { _ in }) async throws -> Diagnosis? {
    do throws(any Error) {
      let outcome = try await pull(edit)
      Issue.record("no failure but \(outcome.files.count) files")
      return nil
    } catch {
      guard let error = error as? DeployError else { throw error }
      return Diagnosis(error)
    }
  }

  /// Makes `files` those of the version, whatever the platform would say to them. A name that ends with a
  /// slash is a folder's.
  func setFiles(_ files: [(String, String)]) throws {
    let entries = files.map { name, text in
      name.hasSuffix("//folder")
        ? PlatformModel.SourceFile(name: String(name.dropLast(8)), kind: .folder)
        : PlatformModel.SourceFile(name: name, kind: .file(.text, content: text))
    }
    try setSource(.files(entries))
  }

  /// Makes `source` that of the version, unchecked.
  func setSource(_ source: VersionSource) throws {
    let id = try platform.actor("~shop").id
    try platform.edit { state throws(PlatformError) in state.actors[id]?.versions[0].source = source }
  }

  /// Makes a zip of these bytes the source of the version.
  func setZip(_ bytes: [UInt8]) async throws {
    let store = try await platform.getOrCreateStore(name: "foreign")
    try await platform.putRecord(
      store: store.id, key: "x.zip", body: RequestBody(bytes, contentType: "application/zip"))
    try setSource(.tarball(RecordAddress(root: platform.root, store: store, key: "x.zip").url))
  }

  /// The files of the project, and its directories with a slash at the end.
  var tree: [String: String] {
    var tree: [String: String] = [:]
    let names = FileManager.default.enumeratorPaths(atPath: project.path)
    for name in names {
      let data = FileManager.default.contents(atPath: project(name))
      tree[data == nil ? name + "/" : name] = data.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
    return tree
  }
}

extension FileManager {
  /// The paths of all that is in the directory `path`, relative to it.
  func enumeratorPaths(atPath path: String) -> [String] {
    let names = (try? subpathsOfDirectory(atPath: path)) ?? []
    return names.sorted()
  }
}

extension PushFixture {
  /// Forgets what this machine knows: the next push is one of another.
  func forget() throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: state.path) {
      try FileManager.default.removeItem(atPath: state(name))
    }
  }

  /// Removes the file `name` of the project.
  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: project(name)) }
}

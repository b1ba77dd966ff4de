// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
internal import ApifyAPI
package import Deploy
internal import FoundationEssentials
package import Git
package import SystemIO

/// What the user of a clone has agreed to: the maps by which a push deploys, and the Actors that actor.json
/// may name where a map names none.
///
/// A pushed commit brings its own map, which is as foreign as a contributor's branch may be: what it says is
/// done only where the map that was agreed to says the same.
package struct DeployConsent: Codable, Sendable, Equatable {
  /// A map, and the directory that it is about, relative to the top and with a "/" at its end.
  package struct Map: Codable, Sendable, Equatable {
    /// The directory.
    package let directory: String
    /// The map's text.
    package let text: String

    /// The map `text` of `directory`.
    package init(directory: String, text: String) {
      self.directory = directory
      self.text = text
    }

    /// Returns nil where they are not UTF-8: no such map is one, and no such path is packaged.
    init?(directory: some Sequence<UInt8>, text: [UInt8]) {
      guard let directory = String(validating: Array(directory), as: UTF8.self),
        let text = String(validating: text, as: UTF8.self)
      else { return nil }
      self.init(directory: directory, text: text)
    }
  }

  private static let currentFormat = 1

  private var format = Self.currentFormat
  /// The maps.
  package let maps: [Map]
  /// The Actors that the files actor.json name.
  package let actors: Set<String>

  /// Consent to these maps, and to these Actors.
  package init(maps: [Map], actors: Set<String>) {
    self.maps = maps
    self.actors = actors
  }

  /// Consent to what the work tree at `top` says. Blocks.
  ///
  /// - Parameters:
  ///   - isBare: whether `top` is a bare repository: there is no work tree, and nothing of one is agreed to.
  ///   - map: the user's map, in place of those of the Actors.
  package init(
    workTree top: [UInt8], isBare: Bool = false, map: String?, _ git: Git, _ context: OperationContext
  ) throws(Git.Failure) {
    let words = [
      "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--",
      ":(glob)**/\(DeployMap.path)", ":(glob)**/.actor/actor.json",
    ]
    let listing =
      isBare ? [] : try git.output([Array("-C".utf8), top] + words.map { Array($0.utf8) })
    var maps: [Map] = []
    var actors: Set<String> = []
    let name = Array(DeployMap.path.utf8)
    for path in Set(listing.split(separator: 0)).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      if path.suffix(name.count).elementsEqual(name) {
        guard map == nil, let text = Paths.contents(Paths.join(top, Array(path))),
          let found = Map(directory: path.dropLast(name.count), text: text)
        else { continue }
        maps.append(found)
      } else {
        let directory = Paths.join(top, Array(path.dropLast("/.actor/actor.json".utf8.count)))
        guard let project = try? Project(ProjectLocation(directory), context),
          let settings = try? project.settings(for: VersionTarget(), readsVersion: false)
        else { continue }
        actors.insert(settings.reference.description)
      }
    }
    if let map, let text = Paths.contents(Paths.join(top, Array(map.utf8))) {
      maps = Map(directory: [], text: text).map { [$0] } ?? []
    }
    self.init(maps: maps, actors: actors)
  }

  /// Why the first of the maps that are none is none: nothing of it is agreed to. Nil where all are valid.
  ///
  /// - Parameter own: the user's map, in place of those of the Actors.
  package func fault(map own: String?) -> ProjectError? {
    for map in maps {
      do throws(ProjectError) { _ = try DeployMap(Array(map.text.utf8)) } catch {
        return own == nil ? error.inside(Array(map.directory.utf8)) : error
      }
    }
    return nil
  }

  /// Whether `targets`, which the pushed commit's map of `directory` gives for `branch` on `remote`, are
  /// those that were agreed to.
  func covers(
    _ targets: [DeployMap.Target], in directory: [UInt8], _ branch: String, _ remote: String
  ) -> Bool {
    guard let map = maps.first(where: { $0.directory.utf8.elementsEqual(directory) }),
      let agreed = try? DeployMap(Array(map.text.utf8)).targets(for: branch, on: remote)
    else { return false }
    return targets == agreed
  }

  /// Whether actor.json may name `actor`.
  func covers(actor: String) -> Bool { actors.contains(actor) }
}

extension DeployConsent {
  /// What was agreed to in the clone whose common directory is `repository`; nil for nothing.
  ///
  /// - Throws: that it cannot be read.
  package static func recall(
    _ repository: [UInt8], in state: [UInt8]
  ) throws(SystemError) -> DeployConsent? {
    let path = path(repository, state)
    do throws(SystemError) { _ = try Paths.status(CString(path)) } catch {
      if error.saysAbsent { return nil }
      throw error
    }
    guard let contents = Paths.contents(path) else {
      // Opened once more for the cause.
      _ = try Descriptor.open(CString(path), as: .fileThroughLinks)
      return nil
    }
    guard let consent = try? JSONDecoder().decode(Self.self, from: Data(contents)),
      consent.format == currentFormat
    else { return nil }
    return consent
  }

  /// Keeps this as what was agreed to there.
  package func keep(_ repository: [UInt8], in state: [UInt8]) throws(SystemError) {
    guard let contents = try? JSONEncoder().encode(self) else { return }
    let path = Self.path(repository, state)
    if let directory = Paths.parent(path) { try Paths.makeDirectory(directory, mode: 0o700) }
    try OutputFile.write(Array(contents) + [UInt8(ascii: "\n")], to: path, mode: 0o600)
  }

  /// Takes back what was agreed to there.
  package static func withdraw(_ repository: [UInt8], in state: [UInt8]) {
    try? Paths.remove(path(repository, state))
  }

  /// The file that it is kept in.
  static func path(_ repository: [UInt8], _ state: [UInt8]) -> [UInt8] {
    let name = JobStore.key([String(decoding: repository, as: UTF8.self)])
    return Paths.join(state, Array("hooks/\(name).consent".utf8))
  }

  /// The directory that all work trees of a clone share; `git` is the one of one of them.
  ///
  /// - Throws: where that cannot be found.
  package static func repository(of git: [UInt8]) throws(SystemError) -> [UInt8] {
    try Paths.resolved(GitDirectories.common(of: git))
  }
}

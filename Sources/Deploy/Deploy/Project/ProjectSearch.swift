// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import SystemIO

/// Finds the project that a directory lies in.
package enum ProjectSearch {
  /// The way from `directory` up to the nearest directory with an actor.json, as `../..`; empty where it has
  /// one itself, and nil where none has.
  ///
  /// The search ends at the top of a repository. The home directory is no project of what lies below it.
  package static func way(upFrom directory: [UInt8], home: [UInt8]?) -> [UInt8]? {
    guard var level = try? Paths.resolved(directory) else { return nil }
    let home = home.flatMap { try? Paths.resolved($0) }
    var steps: [[UInt8]] = []
    while true {
      if !steps.isEmpty, level == home { return nil }
      if hasActor(level) { return Array(steps.joined(separator: [UInt8(ascii: "/")])) }
      if Paths.status(Paths.join(level, Array(".git".utf8))) != nil { return nil }
      guard let above = Paths.parent(level), above != level else { return nil }
      level = above
      steps.append(Array("..".utf8))
    }
  }

  /// Whether `directory` has an actor.json.
  static func hasActor(_ directory: [UInt8]) -> Bool {
    // That of `.actor` is the project's around it.
    if directory.suffix(7).elementsEqual("/.actor".utf8) { return false }
    return ActorConfiguration.places.contains {
      Paths.status(Paths.join(directory, Array($0.utf8)))?.isRegular == true
    }
  }
}

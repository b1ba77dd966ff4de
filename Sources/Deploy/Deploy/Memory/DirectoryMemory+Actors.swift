// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import FoundationEssentials
internal import SystemIO

/// Which Actors the directory was pushed to, by the names that it gave them: an Actor that was renamed since
/// is found by its id.
extension DirectoryMemory {
  private struct Actors: Codable {
    static let format = 1
    var format = Self.format
    /// The ids, by API root and name.
    var ids: [String: [String: String]]
  }

  private static let actorsName = "actors"

  private var actors: Actors {
    guard let contents = Paths.contents(file(Self.actorsName)),
      let actors = try? JSONDecoder().decode(Actors.self, from: Data(contents)),
      actors.format == Actors.format
    else { return Actors(ids: [:]) }
    return actors
  }

  /// The id of the Actor that was pushed to as `reference`; nil where none was.
  func actorID(of reference: ActorReference, root: APIRoot) -> String? {
    actors.ids[root.description]?[reference.description]
  }

  /// Keeps that the Actor `id` was pushed to as `reference`; a failure costs no more than the check.
  func keepActor(_ id: String, of reference: ActorReference, root: APIRoot) {
    var actors = actors
    if actors.ids[root.description]?[reference.description] == id { return }
    actors.ids[root.description, default: [:]][reference.description] = id
    guard let contents = try? JSONEncoder().encode(actors) else { return }
    try? Paths.makeDirectory(place, mode: 0o700)
    try? OutputFile.write(Array(contents), to: file(Self.actorsName), mode: 0o600)
  }
}

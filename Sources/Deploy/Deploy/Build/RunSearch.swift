// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI

/// Finds runs of a build that were started before.
struct RunSearch: Sendable {
  /// How many runs of the Actor are looked at.
  private static let reach = 20
  /// The key of a run's input in its store.
  private static let inputKey = "INPUT"

  private let platform: any Platform
  private let actorID: String

  /// A search among the runs of the Actor `actorID`.
  init(_ platform: any Platform, _ actorID: String) {
    self.platform = platform
    self.actorID = actorID
  }

  /// The newest run of `build` with this input that has not ended; nil where there is none, or that cannot be
  /// told: then it is run again.
  func unfinished(of build: Build, input: RunInput?) async -> Run? {
    guard let runs = try? await platform.runs(of: .id(actorID), limit: Self.reach) else { return nil }
    let wanted = input?.bytes ?? []
    for run in runs where run.buildID == build.id && !run.status.isFinal {
      guard let store = run.storeID,
        let found = try? await platform.record(store: store, key: Self.inputKey, limit: wanted.count)
      else { continue }
      if found == wanted { return run }
    }
    return nil
  }
}

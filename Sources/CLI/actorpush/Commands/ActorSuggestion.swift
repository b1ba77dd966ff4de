// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Checks
internal import Deploy
internal import SystemIO

/// Finds the Actor that was meant, where there is none of a name.
enum ActorSuggestion {
  /// It is a help, and not waited for.
  private static let limit = Duration.seconds(2)

  /// `failure` with the name of the account's Actor that is nearly called so.
  static func add(to failure: Failure, _ client: ApifyClient) async -> Failure {
    guard let missing = failure.missingActor, !Task.isCancelled else { return failure }
    let actors = await withTaskGroup(of: [ActorSummary].self) { group in
      group.addTask { (try? await client.ownActors(limit: 1000)) ?? [] }
      group.addTask {
        try? await Task.sleep(for: limit)
        return []
      }
      defer { group.cancelAll() }
      return await group.next() ?? []
    }
    guard let near = nearest(to: missing, among: actors) else { return failure }
    var failure = failure
    failure.diagnosis.help = "did you mean \(TerminalText.of(near))?"
    return failure
  }

  private static func nearest(to missing: ActorReference, among actors: [ActorSummary]) -> String? {
    let full = actors.map { actor in (actor.username.map { $0 + "/" } ?? "~") + actor.name }
    let (wanted, names) =
      switch missing {
      case .named(let owner, let name): ("\(owner)/\(name)", full)
      // A bare name is taken for an id.
      case .own(let name), .id(let name): (name, actors.map(\.name))
      }
    guard let near = EditDistance.nearest(to: wanted, among: names), let index = names.firstIndex(of: near)
    else {
      return nil
    }
    return full[index]
  }
}

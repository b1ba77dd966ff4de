// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SystemIO

// A partial clone fetches the objects that it lacks when they are asked for, and git does it as the
// repository's own configuration says: by commands that it may name. A clone that git has made names none;
// one that was unpacked from an archive may.
extension Git {
  /// A git for the objects of `repository`: it fetches those that a partial clone lacks, where nothing in the
  /// repository's own configuration can make that run a command.
  package init(
    fetchingObjectsOf repository: [UInt8], variables: [String: String],
    cancellation: CancellationFlag? = nil
  ) {
    let asking = Git(repository: repository, variables: variables, cancellation: cancellation)
    guard Self.mayBePartial(repository), let listed = try? asking.output(Self.question),
      let settings = PartialCloneSettings(listed), settings.unknown == nil
    else {
      self = asking
      return
    }
    let git = Git(
      repository: repository, variables: variables, network: .objects(settings.protocols),
      cancellation: cancellation)
    // What follows a fetch runs hooks, which a tree can bring, too. A tree's alternates are not asked for
    // their references: one that is missing would be fetched, by the same way, and so on.
    self = git.setting([
      "gc.auto=0", "maintenance.auto=false", "core.hooksPath=/dev/null", "core.alternateRefsCommand=true",
    ])
  }

  private static let question = ["config", "--list", "-z", "--show-scope", "--includes"]

  /// Whether the configuration of `repository` may say that it is a partial clone. Without that nothing is
  /// ever fetched.
  private static func mayBePartial(_ repository: [UInt8]) -> Bool {
    var places = [repository]
    if let common = Paths.contents(Paths.join(repository, Array("commondir".utf8)), limit: 1 << 16) {
      places.append(Paths.join(repository, Array(common.prefix { $0 != UInt8(ascii: "\n") })))
    }
    return places.contains { place in
      ["config", "config.worktree"].contains { name in
        guard let contents = Paths.contents(Paths.join(place, Array(name.utf8))) else { return false }
        let text = String(decoding: contents, as: UTF8.self).lowercased()
        return ["promisor", "partialclone", "include"].contains { text.contains($0) }
      }
    }
  }
}

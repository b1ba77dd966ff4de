// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import TestSupport
import Testing

/// A row of the table of hostile trees: what is in the tree or around it, the command, and how it ends.
struct HostileRow: Sendable {
  /// What the row needs of the machine that not each one gives.
  enum Need: String, Sendable {
    /// The right to mount a file system, in a name space of its own.
    case mounts = "root and unshare(1), to mount a small file system"
  }

  /// What is hostile, in words.
  let name: String
  /// The command, as a shell takes it, without the program's name.
  let command: String
  /// What the shell does before the program takes its place: limits.
  var before = ""
  /// Variables beside the usual ones; an empty name of `HOME` takes that away.
  var environment: [String: String?] = [:]
  /// Whether it is run by a user without privileges.
  var isUnprivileged = false
  var need: Need?
  /// Whether there is a platform, and a token for it.
  var usesPlatform = false

  // What is expected.
  /// The exit statuses that are true ends; more than one where time decides.
  let status: [Int32]
  /// What standard error has in it, in order.
  var says: [String] = []
  /// What standard output has in it.
  var shows: [String] = []
  /// What neither of them has in it.
  var never: [String] = []
  /// How many lines standard error has at the most.
  var lineLimit = 4

  /// Makes the tree.
  let prepare: @Sendable (HostilePlace) async throws -> Void
  /// The same row, with a platform.
  var onPlatform: HostileRow {
    var row = self
    row.usesPlatform = true
    return row
  }

  /// What goes on while the program runs, again and again; the number of the time.
  var meanwhile: (@Sendable (HostilePlace, Int) throws -> Void)?

  init(
    _ name: String, _ command: String, _ status: Int32..., says: [String] = [], shows: [String] = [],
    never: [String] = [], lines: Int = 4, before: String = "", environment: [String: String?] = [:],
    isUnprivileged: Bool = false, need: Need? = nil,
    meanwhile: (@Sendable (HostilePlace, Int) throws -> Void)? = nil,
    prepare: @escaping @Sendable (HostilePlace) async throws -> Void
  ) {
    (self.name, self.command, self.status) = (name, command, status)
    (self.says, self.shows, self.never, lineLimit) = (says, shows, never, lines)
    (self.before, self.environment, self.isUnprivileged, self.need) = (
      before, environment, isUnprivileged, need
    )
    (self.meanwhile, self.prepare) = (meanwhile, prepare)
  }
}

extension HostileRow: CustomTestStringConvertible {
  var testDescription: String { name }
}

extension HostileRow {
  static let all =
    (ofNames + ofDepth + ofLinks + ofSpecialFiles + ofPermissions + ofChanges + ofIgnoreFiles + ofRepositories
    + ofCommits + ofActorFiles + ofSurroundings + ofLimits + ofPushes)
    .filter { !Sanitizer.isActive || !$0.limitsProgram }

  /// Whether memory or files are limited: the programs of a sanitizer have files of their own, too.
  private var limitsProgram: Bool {
    need == .mounts || ["ulimit -d", "ulimit -v", "ulimit -f"].contains { before.contains($0) }
  }
}

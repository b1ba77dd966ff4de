// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
internal import SystemIO

/// What one `git push` is to deploy once it has arrived: written by the hook, carried out by a process of its
/// own. It holds no secret.
package struct DeployJob: Codable, Sendable, Equatable {
  /// One version of one Actor.
  package struct Target: Codable, Sendable, Equatable {
    /// The reference that was pushed to, and what to.
    package let reference: String
    /// The commit.
    package let commit: String
    /// The branch.
    package let branch: String
    /// The Actor's directory, absolute; the work tree need not have it.
    package internal(set) var folder: String
    /// The same, relative to the top of the work tree; nil where that is not known.
    package internal(set) var place: String?
    /// The top of the work tree, with which the folder begins; nil where that is not known.
    var top: [UInt8]? {
      guard let place else { return nil }
      let below = place.isEmpty ? "" : "/" + place
      return folder.utf8.suffix(below.utf8.count).elementsEqual(below.utf8)
        ? Array(folder.utf8.dropLast(below.utf8.count)) : nil
    }
    /// The Actor, as a user would name it.
    package internal(set) var actor: String
    /// The version's number.
    package internal(set) var version: String
    /// The tag of its builds, where the map says one.
    package let tag: String?
    /// How the files are sent.
    package let sourceType: SourceChoice
    /// Whether it is built.
    package let builds: Bool
    /// The same for the same version of the same Actor on the same platform.
    package internal(set) var key: String
    /// The reference that moves where the push arrives; nil where none is known.
    package internal(set) var tracking: TrackingRef?
    /// How long its push may take, in seconds; nil for as long as usual.
    package internal(set) var timeout: Int?

    /// A target.
    package init(
      reference: String, commit: String, branch: String, folder: String, actor: String, version: String,
      tag: String?, sourceType: SourceChoice, builds: Bool, key: String
    ) {
      self.reference = reference
      self.commit = commit
      self.branch = branch
      self.folder = folder
      self.actor = actor
      self.version = version
      self.tag = tag
      self.sourceType = sourceType
      self.builds = builds
      self.key = key
    }
  }

  /// Its name: the time, then something by chance, so that later ones sort behind earlier ones.
  package internal(set) var id: String
  /// The repository, `.git`: what all its work trees share.
  package let repository: String
  /// The remote's name, and its address without passwords.
  package let remote: String
  package let url: String
  /// The push that must end first; nil where none is known.
  package let push: PushProcess?
  /// What to deploy.
  package var targets: [Target]

  /// A job of now.
  package init(
    now: Int, repository: String, remote: String, url: String, push: PushProcess?, targets: [Target]
  ) {
    id = Self.newID(now)
    self.repository = repository
    self.remote = AddressText.withoutSecrets(remote)
    self.url = AddressText.withoutSecrets(url)
    self.push = push
    self.targets = targets
  }

  /// A name for a job of `now`.
  static func newID(_ now: Int) -> String {
    let time = String(now)
    let chance = String(UInt32.random(in: 0...UInt32.max), radix: 36)
    return String(repeating: "0", count: max(0, 14 - time.utf8.count)) + time + "-" + chance
  }

  /// When it was made, in milliseconds since 1970.
  package var created: Int { JobOrder.created(id) }
}

extension DeployJob {
  /// `target` in a work tree that is there: that of the push may have been removed since, and the
  /// repository's main one has the same commits.
  func standing(_ target: Target) -> Target {
    let ending = "/.git"
    guard let place = target.place, repository.hasSuffix(ending) else { return target }
    // The directory itself is removed last.
    guard let top = target.top, Paths.status(top + Array(ending.utf8)) == nil else { return target }
    var standing = target
    standing.folder = repository.dropLast(ending.count) + (place.isEmpty ? "" : "/" + place)
    return standing
  }
}

/// How a job ended.
package struct DeployResult: Codable, Sendable {
  /// How one target ended.
  package struct Target: Codable, Sendable {
    /// How it ended.
    package enum State: String, Codable, Sendable {
      /// The version is what was pushed, and built if it was to be.
      case deployed
      /// It was that already.
      case unchanged
      /// A newer push came first.
      case replaced
      /// The remote does not have the push.
      case refused
      /// It is not what was pushed, or was not built.
      case failed
      /// A signal ended the process before it was done, as at a logout.
      case interrupted
    }

    /// Whether a push has arrived whose deploy came to no end.
    package enum Arrival: String, Codable, Sendable {
      /// The remote has had it.
      case arrived
      /// That could not be found out.
      case unknown
    }

    /// The Actor and version that it was about.
    package let actor: String
    package let version: String
    package let commit: String
    /// How it ended.
    package let state: State
    /// In one line.
    package let message: String
    /// The status that `actorpush push` would have ended with.
    package let exitCode: Int32
    /// Where to look at the build.
    package let url: String?
    /// Whether the push has arrived, where the deploy came to no end; nil where it did.
    package var arrival: Arrival?

    /// How `target` ended.
    package init(
      _ target: DeployJob.Target, _ state: State, _ message: String, exitCode: Int32 = 0, url: String? = nil,
      arrival: Arrival? = nil
    ) {
      actor = target.actor
      version = target.version
      commit = target.commit
      self.state = state
      self.message = message
      self.exitCode = exitCode
      self.url = url
      self.arrival = arrival
    }
  }

  /// When it ended, in milliseconds since 1970.
  package let ended: Int
  /// Its targets.
  package let targets: [Target]

  /// An end.
  package init(ended: Int, targets: [Target]) {
    self.ended = ended
    self.targets = targets
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI

/// Finds sources that would be the same version of the same Actor: one would overwrite the other, so that
/// neither is pushed.
package struct VersionRivals: Sendable {
  /// What is about to become a version.
  package struct Claim: Sendable {
    /// The Actor's name or ID, and the version: the same for all that may be the same version.
    fileprivate let version: String
    /// Whom the Actor belongs to; nil where that is the token's owner, and not known.
    fileprivate let owner: String?
    /// The same for the same files.
    fileprivate let source: [UInt8]

    /// A claim of `source` on `version` of `actor`.
    ///
    /// - Parameter username: the name of the token's owner, where it is known. Where it is not, what is named
    ///   without its owner may belong to any account.
    package init(of source: [UInt8], on version: String, of actor: ActorReference, username: String?) {
      switch actor {
      case .id(let id): (self.version, owner) = ("\(version) \(id)", "")
      case .named(let owner, let name): (self.version, self.owner) = ("\(version) ~\(name)", owner)
      case .own(let name): (self.version, owner) = ("\(version) ~\(name)", username)
      }
      self.source = source
    }

    fileprivate func isRival(of other: Claim) -> Bool {
      source != other.source && (owner == other.owner || owner == nil || other.owner == nil)
    }
  }

  private var rivals: [Int: Int] = [:]

  /// The rivals among `claims`.
  package init(_ claims: [Claim]) {
    for group in Dictionary(grouping: claims.indices, by: { claims[$0].version }).values {
      for index in group {
        rivals[index] = group.first { claims[$0].isRival(of: claims[index]) }
      }
    }
  }

  /// Whether there are none.
  package var isEmpty: Bool { rivals.isEmpty }

  /// A rival of the claim at `index`, by its own index; nil where it has none.
  package func rival(of index: Int) -> Int? { rivals[index] }
}

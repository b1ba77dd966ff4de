// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Finds sources that would be the same version of the same Actor: one would overwrite the other, so that
/// neither is pushed.
package struct VersionRivals: Sendable {
  /// What is about to become a version.
  package struct Claim: Sendable {
    /// The same for the same version of the same Actor.
    package let version: String
    /// The same for the same files.
    package let source: [UInt8]

    /// A claim of `source` on `version`.
    package init(of source: [UInt8], on version: String) {
      self.version = version
      self.source = source
    }
  }

  private var rivals: [Int: Int] = [:]

  /// The rivals among `claims`.
  package init(_ claims: [Claim]) {
    for group in Dictionary(grouping: claims.indices, by: { claims[$0].version }).values {
      for index in group {
        rivals[index] = group.first { claims[$0].source != claims[index].source }
      }
    }
  }

  /// Whether there are none.
  package var isEmpty: Bool { rivals.isEmpty }

  /// A rival of the claim at `index`, by its own index; nil where it has none.
  package func rival(of index: Int) -> Int? { rivals[index] }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import PlatformModel

/// What a package says of itself, in the file that travels with it.
struct PackageLabel: Decodable, Sendable {
  /// Where the file lies.
  static let path = ".actor/provenance.json"

  let commit: String?
  let branch: String?
  let dirty: Bool?
  let digest: String?
  let tool: String?

  /// The label of what `version` holds; nil where it has none.
  init?(of version: VersionRecord, from source: BuildSource) {
    guard let bytes = SourceListing.bytes(of: Array(Self.path.utf8), in: version, from: source),
      let label = try? JSONDecoder().decode(Self.self, from: Data(bytes))
    else { return nil }
    self = label
  }
}

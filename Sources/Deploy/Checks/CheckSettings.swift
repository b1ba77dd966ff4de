// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject

/// How a package would be pushed, as far as checks need it.
package struct CheckSettings: Sendable {
  /// What the ids of `.actor/actorpush.json` are raised or lowered to.
  package var levels: [DeployMap.CheckLevel] = []
  /// The name of the Actor that the caller names, without its owner; nil for none, and for an ID.
  package var actorName: String?
  /// What becomes of the version's tag.
  package var buildTag: BuildTag?
  /// The form that the files are sent in.
  package var form = SourceChoice.auto
  /// How many bytes of files there may be; nil for no budget.
  package var budget: Int?
  /// The sizes; nil where they are not known.
  package var sizes: PackageSizes?

  /// The secrets in its files; a push refuses them whatever ``levels`` says.
  package var secrets: [Finding] = []

  package init() {}

  /// Whether the files are sent inline, where modes are lost.
  package var isInline: Bool {
    switch form {
    case .files: true
    case .zip: false
    case .auto: sizes.map { $0.inlineBytes <= $0.inlineLimit && $0.requestBytes <= $0.requestLimit } ?? true
    }
  }
}

/// What a package takes of the platform's limits.
package struct PackageSizes: Sendable, Equatable {
  /// Bytes of all files.
  package let bytes: Int
  /// Bytes of content as the platform counts them inline.
  package let inlineBytes: Int
  package let inlineLimit: Int
  /// About how many bytes a request with the files would have.
  package let requestBytes: Int
  package let requestLimit: Int

  package init(bytes: Int, inlineBytes: Int, inlineLimit: Int, requestBytes: Int, requestLimit: Int) {
    self.bytes = bytes
    self.inlineBytes = inlineBytes
    self.inlineLimit = inlineLimit
    self.requestBytes = requestBytes
    self.requestLimit = requestLimit
  }
}

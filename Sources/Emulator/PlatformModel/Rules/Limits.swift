// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The platform's limits.
package enum Limits {
  /// A request body, after decompression.
  package static let requestBytes = 9_437_184
  /// The content of all files of a version, counted by `InlineSize`.
  static let inlineBytes = 3_145_728
  /// The characters of an environment variable's name and value.
  static let environmentName = 100
  static let environmentValue = 50_000
  static let actorName = 3...63
  static let storeName = 1...63
  /// The bytes of an entry's name: the emulator's own bound, far above what file systems give.
  static let entryNameBytes = 16_384
  /// The characters of a build tag.
  static let buildTag = 1...63
}

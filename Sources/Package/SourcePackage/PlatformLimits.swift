// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What the platform accepts in one request.
package enum PlatformLimits {
  /// Bytes of inline content, as `PackageSummary.inlineBytes` counts them.
  package static let inlineBytes = 3_145_728
  /// Bytes of a request's body, before compression.
  package static let requestBytes = 9_437_184
}

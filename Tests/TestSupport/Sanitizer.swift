// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Foundation

/// The sanitizer that the programs under test are built with (`scripts/test --sanitize=…`).
package enum Sanitizer {
  /// Whether there is one: it takes terabytes of addresses, so that a program whose memory is limited does
  /// not come as far as its first line.
  package static let isActive = ProcessInfo.processInfo.environment["ACTORPUSH_SANITIZER"] != nil
}

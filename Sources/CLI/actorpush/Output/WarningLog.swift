// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

/// The warnings so far, for the `warnings` of a report.
final class WarningLog: Sendable {
  private let texts = Mutex<[String]>([])

  var lines: [String] { texts.withLock(\.self) }

  func append(_ line: String) { texts.withLock { $0.append(line) } }
}

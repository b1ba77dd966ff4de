// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Synchronization

/// The last lines of a log, and how many there have been.
final class LogTail: Sendable {
  private let state = Mutex((lines: [String](), count: 0, hasEnded: false))
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  var lines: [String] { state.withLock { $0.lines } }
  var count: Int { state.withLock { $0.count } }
  /// Whether what it tells of has ended.
  var hasEnded: Bool { state.withLock { $0.hasEnded } }
  func end() { state.withLock { $0.hasEnded = true } }

  func append(_ line: String) {
    state.withLock { state in
      state.count += 1
      state.lines.append(line)
      if state.lines.count > limit { state.lines.removeFirst() }
    }
  }

  /// Follows the log of a build or run to its end. One that breaks off is taken up again where it ended.
  func follow(_ id: String, on platform: any Platform, _ onLine: @Sendable (String) -> Void) async {
    for attempt in 1...5 {
      do {
        return try await platform.followLog(build: id, skipping: count) { line in
          append(line)
          onLine(line)
        }
      } catch {
        do { try await Task.sleep(for: .milliseconds(200 * attempt)) } catch { return }
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

/// The last requests, and how many there were of each kind.
package final class RequestLog: Sendable {
  private struct State {
    var arrived = 0
    var records: [RequestRecord] = []
    var counts: [String: Int] = [:]
  }

  private let limit: Int
  private let state = Mutex(State())

  init(limit: Int) { self.limit = max(0, limit) }

  func nextNumber() -> Int {
    state.withLock {
      $0.arrived += 1
      return $0.arrived
    }
  }

  /// Counts a request when it arrives: `"PUT /v2/actors/{ref}"`, and by its path where it has no route.
  func count(_ request: IncomingRequest) {
    let key = "\(request.method) \(request.route ?? request.path)"
    state.withLock { $0.counts[key, default: 0] += 1 }
  }

  func append(_ record: RequestRecord) {
    state.withLock {
      $0.records.append(record)
      if $0.records.count > limit { $0.records.removeFirst($0.records.count - limit) }
    }
  }

  package var records: [RequestRecord] { state.withLock { $0.records } }
  package var counts: [String: Int] { state.withLock { $0.counts } }

  package func clear() {
    state.withLock {
      $0.records = []
      $0.counts = [:]
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import EmulatorFaults
package import PlatformEmulator

/// The requests to an emulator, as tests disturb them and look at them.
extension PlatformEmulator {
  /// Queues faults. Each is used once, by the first request that it matches; the others are handled as usual.
  package func inject(_ faults: Fault...) { controls.faults.add(faults) }

  /// Queues the same fault `count` times.
  package func inject(_ fault: Fault, times count: Int) {
    controls.faults.add(Array(repeating: fault, count: count))
  }

  /// Disturbs requests by a schedule; what is queued comes first.
  package func schedule(_ faults: FaultSchedule) { controls.faults.schedule = faults }

  /// How often each fault of the schedule was met.
  package var faultCounts: [FaultSchedule.Count] { controls.faults.schedule.counts }

  /// How many faults have not been used.
  package var pendingFaults: Int { controls.faults.pending }

  /// Drops the faults that have not been used.
  package func clearFaults() { controls.faults.clear() }

  /// Calls `hook` before each request is handled, and before faults apply; nil for none.
  package func setHook(_ hook: (@Sendable (IncomingRequest) async -> Void)?) { controls.faults.setHook(hook) }

  /// Calls `edit` once, right before the next request of this method and route is handled: a change that
  /// another client makes between two requests of a program. Several edits wait for one request each.
  ///
  /// ```swift
  /// emulator.before("PUT", "/v2/actors/{ref}/versions/{version}") {
  ///   _ = try? emulator.setFiles([…], of: "0.1", "~my-actor")
  /// }
  /// ```
  package func before(_ method: String, _ route: String, _ edit: @escaping @Sendable () async -> Void) {
    controls.faults.addEdit(method, route, edit)
  }

  /// The last requests, in the order in which they were answered.
  package var requests: [RequestRecord] { log.records }

  /// How many requests there were, by method and route: `"PUT /v2/actors/{ref}/versions/{version}"`.
  package var requestCounts: [String: Int] { log.counts }

  /// How many requests there were in all.
  package var requestCount: Int { log.counts.values.reduce(0, +) }

  /// How many requests there were of this method and route.
  package func requestCount(_ method: String, _ route: String) -> Int {
    log.counts["\(method) \(route)"] ?? 0
  }

  /// Clears the log of requests.
  package func clearRequests() { log.clear() }

  /// Calls `body` while an emulator runs; stops the emulator whatever happens.
  package static func running<Outcome>(
    _ configuration: Configuration = Configuration(),
    isolation: isolated (any Actor)? = #isolation,
    _ body: (PlatformEmulator, Address) async throws -> Outcome
  ) async throws -> Outcome {
    let emulator = try PlatformEmulator(configuration: configuration)
    let address = try await emulator.start()
    do {
      let outcome = try await body(emulator, address)
      await emulator.stop()
      return outcome
    } catch {
      await emulator.stop()
      throw error
    }
  }
}

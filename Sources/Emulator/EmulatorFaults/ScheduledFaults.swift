// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import Hummingbird
package import PlatformEmulator
package import PlatformModel

/// Plugs the faults of a file into an emulator, and the endpoint that shows and changes them. Builds and runs
/// go as usual.
package struct ScheduledFaults: Interceptor {
  package let faults: FaultInjector

  package func handle(
    _ incoming: IncomingRequest, _ request: Request, context: EmulatorContext,
    next: (Request) async throws -> Response
  ) async throws -> Response {
    if incoming.path == FaultsEndpoint.path { return try await FaultsEndpoint(faults).answer(to: request) }
    return try await faults.handle(incoming, request, context: context, next: next)
  }

  package func course(of build: BuildRecord, actorName: String) -> BuildCourse? { nil }
  package func course(of run: RunRecord, actorName: String) -> BuildCourse? { nil }
  package func pass(_ point: BuildPoint, of id: String) async -> Bool { true }
  package func isOpen(_ point: BuildPoint, of id: String) -> Bool { true }
  package func isVisible(_ id: String) -> Bool { true }
  package func logEnd(of id: String) -> BuildLogEnd { .withBuild }
}

extension PlatformEmulator {
  /// Makes the emulator misbehave as `schedule` says, and answer at `/emulator/faults`.
  package func plugIn(_ schedule: FaultSchedule) {
    let plugged = seam.interceptor {
      ScheduledFaults(faults: FaultInjector(sleep: configuration.sleep))
    }
    plugged.faults.schedule = schedule
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import EmulatorFaults
internal import Hummingbird
internal import PlatformEmulator
internal import PlatformModel

/// What this target is for: to make an emulated platform misbehave, and to change it behind its client's
/// back. Only tests link it.
///
/// `EmulatorControls` plugs into the seam of a `PlatformEmulator`; extensions of the emulator show it to
/// tests: the faults of `EmulatorFaults`, and `Controls`, which scripts builds and looks at requests and
/// records. `Edits` changes the state as a user of the Console does. `InMemory` has the platform without a
/// socket, for tests of what is decided.
struct EmulatorControls: Interceptor {
  let faults: FaultInjector
  let scripts = BuildScripts()

  func handle(
    _ incoming: IncomingRequest, _ request: Request, context: EmulatorContext,
    next: (Request) async throws -> Response
  ) async throws -> Response {
    try await faults.handle(incoming, request, context: context, next: next)
  }

  func course(of build: BuildRecord, actorName: String) -> BuildCourse? {
    scripts.take(for: build.id, actorID: build.actorId, actorName: actorName)?.course
  }

  func course(of run: RunRecord, actorName: String) -> BuildCourse? {
    scripts.takeRun(for: run.id)?.course
  }

  func pass(_ point: BuildPoint, of id: String) async -> Bool { await scripts.pass(point, of: id) }
  func isOpen(_ point: BuildPoint, of id: String) -> Bool { scripts.isOpen(point, of: id) }
  func isVisible(_ id: String) -> Bool { scripts.isVisible(id) }
  func logEnd(of id: String) -> BuildLogEnd { scripts.script(of: id)?.logEnd ?? .withBuild }
}

extension PlatformEmulator {
  var controls: EmulatorControls {
    seam.interceptor { EmulatorControls(faults: FaultInjector(sleep: configuration.sleep)) }
  }
}

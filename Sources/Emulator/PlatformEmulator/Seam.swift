// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import Hummingbird
package import PlatformModel
internal import Synchronization

/// What tests put between the emulator and the requests and builds that it handles. The program has none.
package protocol Interceptor: Sendable {
  /// Handles a request: calls `next`, or answers in its place.
  func handle(
    _ incoming: IncomingRequest, _ request: Request, context: EmulatorContext,
    next: (Request) async throws -> Response
  ) async throws -> Response

  /// Returns how the new build `build` goes; nil for as usual.
  func course(of build: BuildRecord, actorName: String) -> BuildCourse?

  /// Returns how the new run `run` goes; nil for as usual.
  func course(of run: RunRecord, actorName: String) -> BuildCourse?

  /// Waits until the build or run `id` may pass `point`. Returns false if the task is cancelled before.
  func pass(_ point: BuildPoint, of id: String) async -> Bool

  /// Returns whether the build or run `id` may pass `point`.
  func isOpen(_ point: BuildPoint, of id: String) -> Bool

  /// Returns whether a request finds the build `id`.
  func isVisible(_ id: String) -> Bool

  /// Returns how the log of the build or run `id` ends.
  func logEnd(of id: String) -> BuildLogEnd
}

/// How the stream of a build's log ends.
package enum BuildLogEnd: Sendable {
  /// It ends with the build.
  case withBuild
  /// It ends after the first lines, while the build goes on.
  case early
  /// It goes on after the build has ended.
  case never
}

/// Where an interceptor is plugged in.
package final class Seam: Sendable {
  private let installed = Mutex<(any Interceptor)?>(nil)

  init() {}

  var interceptor: (any Interceptor)? { installed.withLock { $0 } }

  /// Returns the interceptor of this type; the first call plugs in what `make` returns.
  package func interceptor<Kind: Interceptor>(orInstalling make: () -> Kind) -> Kind {
    installed.withLock { installed in
      if let known = installed as? Kind { return known }
      let new = make()
      installed = new
      return new
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import PlatformModel

/// The handlers of the API, one extension for each family of addresses. They read the request, apply the
/// rules of the state and encode the outcome; there are no rules here.
struct Endpoints: Sendable {
  let store: PlatformStore
  let contents: RecordContents
  let runner: BuildRunner
  let source: BuildSource
  let seam: Seam
  let clock: @Sendable () -> Timestamp
  let sleep: @Sendable (Duration) async throws -> Void

  func register(on router: Router<EmulatorContext>) {
    registerPages(on: router)
    registerUsers(on: router)
    registerStores(on: router.group("/v2/key-value-stores"))
    registerBuilds(on: router)
    registerRuns(on: router)
    // The older addresses are the same handlers.
    for family in ["actors", "acts"] {
      registerActors(on: router.group("/v2/\(family)"))
      let versions = router.group("/v2/\(family)/{ref}/versions")
      registerVersions(on: versions)
      registerVariables(on: versions.group("{version}/env-vars"))
    }
  }

  /// Where this platform is.
  var root: String { source.address.current?.baseURL ?? "" }

  func user(of request: Request) throws -> User {
    try store.read { state throws(PlatformError) in try state.user(withToken: request.bearerToken) }
  }
}

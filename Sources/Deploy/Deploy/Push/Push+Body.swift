// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

extension Push {
  /// The request that changes the version. A zip is in its store by then.
  ///
  /// - Parameter isNew: for a version that is not there yet: all of it has to be said.
  func body(
    _ id: String, _ plan: PushPlan, isNew: Bool, _ onUpload: @escaping @Sendable (Int) -> Void
  ) async throws(DeployError) -> RequestBody {
    let variables = isNew ? declared : plan.variables.list
    guard isNew || plan.sendsSource else {
      return try request(VersionUpdate(), variables, isNew: false)
    }
    switch plan.package.source {
    case .files(let files):
      let head = DocumentHead(
        versionNumber: isNew ? number : nil, buildTag: settings.tagName,
        environmentVariables: variables?.map {
          .init(name: $0.name, value: $0.value, isSecret: $0.isSecret ?? false)
        })
      guard files.documentBytes(under: head, plan.provenance) <= PlatformLimits.requestBytes else {
        throw .overRequestLimit(plan.package.summary)
      }
      var body = RequestBody(files.document(under: head, plan.provenance), encoding: .gzip)
      body.secrets = variables?.compactMap(\.secretValue) ?? []
      body.onProgress = onUpload
      return body
    case .zip(let spool):
      let url = try await upload(spool.contents(plan.provenance?.withoutTag), id, plan, onUpload)
      var update = VersionUpdate()
      update.sourceType = .tarball
      update.tarballUrl = url
      return try request(update, variables, isNew: isNew)
    }
  }

  private var declared: [ApifyAPI.EnvironmentVariable]? {
    settings.variables.values?.map { .init(name: $0.name, value: $0.value, isSecret: $0.isSecret) }
  }

  private func request(
    _ update: VersionUpdate, _ variables: [ApifyAPI.EnvironmentVariable]?, isNew: Bool
  ) throws(DeployError) -> RequestBody {
    var update = update
    if isNew { update.versionNumber = number }
    update.buildTag = settings.tagName
    update.envVars = variables
    do throws(APIError) { return try .json(update) } catch { throw .platform(error, platform.root) }
  }
}

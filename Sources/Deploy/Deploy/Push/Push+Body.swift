// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

extension Push {
  /// Puts the zip that `plan` sends into its store, before anything is changed: an upload takes its time, and
  /// may fail.
  ///
  /// - Returns: its address; nil where no zip is sent.
  func storeZip(
    _ id: String, _ plan: inout PushPlan, _ onUpload: @escaping @Sendable (Int) -> Void
  ) async throws(DeployError) -> String? {
    guard plan.sendsSource, case .zip(let spool) = plan.package.source else { return nil }
    plan.provenance = await provenance(plan)
    return try await upload(spool.contents(plan.provenance?.withoutTag), id, plan, onUpload)
  }

  /// The request that updates the version; nil where there is nothing that one request would change.
  ///
  /// - Parameter zip: the address of the zip that is sent.
  func updateBody(
    _ plan: PushPlan, zip: String?, _ onUpload: @escaping @Sendable (Int) -> Void
  ) throws(DeployError) -> RequestBody? {
    // What stays as it is is not sent: others may change it meanwhile.
    let tag = plan.tagChange?.after
    switch plan.package.source {
    case .files(let files) where plan.sendsSource:
      return try body(files, plan, tag: tag, onUpload)
    case _ where zip != nil || tag != nil:
      var update = VersionUpdate()
      update.buildTag = tag
      return try request(update, zip: zip)
    default:
      return nil
    }
  }

  /// The request that creates the version: all of it has to be said. A zip is in its store then.
  func creationBody(
    _ id: String, _ plan: PushPlan, _ onUpload: @escaping @Sendable (Int) -> Void
  ) async throws(DeployError) -> RequestBody {
    switch plan.package.source {
    case .files(let files):
      return try body(files, plan, tag: settings.tagName, newNumber: number, variables: declared, onUpload)
    case .zip(let spool):
      let zip = try await upload(spool.contents(plan.provenance?.withoutTag), id, plan, onUpload)
      var update = VersionUpdate()
      update.versionNumber = number
      update.buildTag = settings.tagName
      update.envVars = declared
      return try request(update, zip: zip)
    }
  }

  private func body(
    _ files: CompressedFiles, _ plan: PushPlan, tag: String?, newNumber: String? = nil,
    variables: [ApifyAPI.EnvironmentVariable]? = nil, _ onUpload: @escaping @Sendable (Int) -> Void
  ) throws(DeployError) -> RequestBody {
    let head = DocumentHead(
      versionNumber: newNumber, buildTag: tag,
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
  }

  var declared: [ApifyAPI.EnvironmentVariable]? {
    settings.variables.values?.map { .init(name: $0.name, value: $0.value, isSecret: $0.isSecret) }
  }

  private func request(_ update: VersionUpdate, zip: String?) throws(DeployError) -> RequestBody {
    var update = update
    if let zip {
      update.sourceType = .tarball
      update.tarballUrl = zip
    }
    do throws(APIError) { return try .json(update) } catch { throw .platform(error, platform.root) }
  }
}

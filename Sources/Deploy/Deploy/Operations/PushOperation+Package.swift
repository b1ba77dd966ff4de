// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import SourcePackage
internal import SourceTree
internal import Synchronization
internal import SystemIO

extension PushOperation {
  /// Bytes of a request beside the files and the variables, at most.
  private static let reserve = 4096

  /// Makes the package, ready to be sent. Blocks.
  ///
  /// - Throws: also `secretInPackage`, but not where nothing will be sent.
  package func makePackage(_ events: @escaping DeployEvents) throws(DeployError) -> PreparedPackage {
    try withPackager(events) { packager, plan throws(DeployError) in
      try packager.package(plan, reserve: settings.variables.reserve + Self.reserve)
    }
  }

  /// Finds out whether the package can be made, without making it. Blocks.
  ///
  /// - Throws: as ``makePackage(_:)``, as far as that is known without encoding anything.
  package func examinePackage(_ events: @escaping DeployEvents) throws(DeployError) {
    try withPackager(events) { packager, plan throws(DeployError) in try packager.examine(plan) }
  }

  private func withPackager<Result>(
    _ events: @escaping DeployEvents, _ make: (Packager, Plan) throws(DeployError) -> Result
  ) throws(DeployError) -> Result {
    defer { events(.packaged) }
    var packager = Packager(
      request.form, spoolDirectories: context.spoolDirectories, cancellation: context.cancellation)
    let secrets = SecretSearch(context, variables: settings.variables.values ?? [], token: request.token)
    let finder = secrets.map { SecretFinder($0, allowing: request.secretsAllowedIn) }
    packager.finder = finder
    // The survey finds pointers.
    let plan = try project.plan(findsPointers: false, events: Project.withoutFindings(events))
    packager.progress = plan.progress(events)
    let survey = ContentSurvey(plan)
    packager.survey = survey
    let result = try make(packager, plan)
    let finds = try finder?.found(in: plan) ?? []
    if !finds.isEmpty, !request.isDryRun { throw .secretInPackage(finds) }
    for find in finds { events(.secretFound(find)) }
    // Where only a look was asked for, and both forms will do, nothing is said of what one of them loses.
    let isZip = (result as? PreparedPackage).map { $0.sourceType == .tarball } ?? (request.form != .files)
    try check(plan, survey, isZip: isZip, events)
    return result
  }
}

extension Plan {
  /// Reports how far the packaging of it is.
  func progress(_ events: @escaping DeployEvents) -> @Sendable (_ files: Int, _ bytes: Int) -> Void {
    let total = entries.count { !$0.isDirectory }
    return { events(.packaging(files: $0, bytes: $1, total: total)) }
  }
}

/// The package that a push makes beside its first requests, and when it was made.
final class Packaging: Sendable {
  private let state = Mutex<(package: PreparedPackage?, time: Duration)>((nil, .zero))
  private let start: ContinuousClock.Instant

  init(_ start: ContinuousClock.Instant) { self.start = start }

  var made: (PreparedPackage?, Duration) { state.withLock { ($0.package, $0.time) } }

  /// The package `prepared`, or else the one that `make` makes on a thread of its own.
  func package(
    _ prepared: PreparedPackage?, _ make: @escaping @Sendable () throws(DeployError) -> PreparedPackage
  ) async throws(DeployError) -> PreparedPackage {
    let package =
      if let prepared { prepared } else { try await Threads.run(make) }
    state.withLock { $0 = (package, .now - start) }
    return package
  }
}

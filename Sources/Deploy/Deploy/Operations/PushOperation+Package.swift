// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Checks
internal import SourcePackage
internal import SourceTree
internal import Synchronization
internal import SystemIO

extension PushOperation {
  /// Bytes of a request beside the files and the variables, at most.
  private static let reserve = 4096

  /// Makes the package, ready to be sent. Blocks.
  ///
  /// - Throws: also `secretInPackage`; where nothing will be sent, the package says so itself.
  package func makePackage(_ events: @escaping DeployEvents) throws(DeployError) -> PreparedPackage {
    defer { events(.packaged) }
    var (packager, plan) = try packager(events)
    var package = try packager.package(plan, reserve: reserve)
    package.secrets = try secrets(packager, plan)
    guard let survey = packager.survey else { return package }
    let findings = try findings(plan, survey, package.sourceType == .tarball ? .zip : request.form)
    try report(findings, events)
    guard findings.contains(where: \.asksForZip) else { return package }
    packager.choice = .zip
    packager.survey = nil
    // The files are read again, and may have changed since.
    packager.finder = request.isDryRun ? nil : finder
    var zip = try packager.package(plan, reserve: reserve)
    zip.secrets = request.isDryRun ? package.secrets : try secrets(packager, plan)
    return zip
  }

  /// Finds out whether the package can be made, without making it. Blocks.
  ///
  /// - Throws: as ``makePackage(_:)``, as far as that is known without encoding anything.
  package func examinePackage(_ events: @escaping DeployEvents) throws(DeployError) {
    defer { events(.packaged) }
    let (packager, plan) = try packager(events)
    try packager.examine(plan)
    _ = try secrets(packager, plan)
    guard let survey = packager.survey else { return }
    // Where both forms will do, nothing is said of what one of them loses.
    try report(try findings(plan, survey, request.form == .files ? .files : .zip), events)
  }

  private var reserve: Int { settings.variables.reserve + Self.reserve }

  /// What searches the files for secrets; nil where there is none to search for.
  private var finder: SecretFinder? {
    search.map { SecretFinder($0, allowing: request.secretsAllowedIn) }
  }

  /// What packages, and looks at the files on the way; and what there is to package.
  private func packager(_ events: @escaping DeployEvents) throws(DeployError) -> (Packager, Plan) {
    var packager = Packager(
      request.form, spoolDirectories: context.spoolDirectories, cancellation: context.cancellation)
    packager.finder = finder
    // The survey finds pointers.
    let plan = try project.plan(findsPointers: false, events: Project.withoutFindings(events))
    packager.progress = plan.progress(events)
    packager.survey = ContentSurvey(plan)
    return (packager, plan)
  }

  /// The secrets that `packager` found in the files of `plan`.
  ///
  /// - Throws: `secretInPackage` where something would be sent.
  private func secrets(_ packager: Packager, _ plan: Plan) throws(DeployError) -> [SecretFinder.Find] {
    let finds = try packager.finder?.found(in: plan) ?? []
    if !finds.isEmpty, !request.isDryRun { throw .secretInPackage(finds) }
    return finds
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

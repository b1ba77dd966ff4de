// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
internal import SourcePackage
internal import Synchronization

extension Push {
  /// How another push got in the way of this one.
  package enum Overtaking: Sendable {
    /// What was built is what another push has sent.
    case built
    /// It was built, but the version holds something else by now.
    case replaced
    /// The version holds something else by now; what is built of it, if anything, is not known.
    case replacedUnbuilt
  }

  /// Whether another push has replaced this one: found out when it is built, since nothing prevents it.
  ///
  /// What is in a zip is known by its key.
  package func verify(_ plan: PushPlan, _ actorID: String, _ build: Build?) async throws(DeployError)
    -> Overtaking?
  {
    if let built = build?.version.map({ RemoteVersion($0, root: platform.root) }), !holds(built, plan) {
      return .built
    }
    let now = try await platform.ask { try await version(of: .id(actorID)) }
    guard let now, holds(now, plan) else { return build?.version == nil ? .replacedUnbuilt : .replaced }
    return nil
  }

  /// Whether `version` holds what `plan` sends.
  func holds(_ version: RemoteVersion, _ plan: PushPlan) -> Bool {
    if case .zip = version.source { return version.archiveKey?.holds(plan.package.manifest) == true }
    // An answer without its files says nothing.
    guard let manifest = version.manifest else { return version.sourceType == plan.package.sourceType }
    return manifest.hasSameContents(as: plan.package.manifest)
  }
}

/// A look at the version that runs beside other requests, and what it has found.
final class Verification: Sendable {
  private let found = Mutex<Result<Push.Overtaking?, DeployError>>(.success(nil))

  /// How another push got in the way; nil where none did.
  var result: Push.Overtaking? {
    get throws(DeployError) { try found.withLock { $0 }.get() }
  }

  /// Runs `look` and keeps what it finds.
  func run(_ look: () async throws(DeployError) -> Push.Overtaking?) async {
    let result: Result<Push.Overtaking?, DeployError>
    do throws(DeployError) { result = .success(try await look()) } catch { result = .failure(error) }
    found.withLock { $0 = result }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Synchronization

/// The account of the token: known to all pushes that share it, once one has asked.
package final class SharedAccount: Sendable {
  private let known = Mutex<User?>(nil)

  /// Not asked for yet.
  package init() {}

  /// The account. Each caller that has to ask does so itself: so it can be cancelled.
  func user(on platform: any Platform) async -> Result<User, DeployError> {
    if let user = known.withLock(\.self) { return .success(user) }
    let result = await platform.result { try await platform.currentUser() }
    if case .success(let user) = result { known.withLock { $0 = user } }
    return result
  }
}

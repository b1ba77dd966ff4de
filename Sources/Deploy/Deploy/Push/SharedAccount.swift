// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Synchronization

/// The account of the token, asked for once, however many pushes need it.
package final class SharedAccount: Sendable {
  private let asked = Mutex<Task<Result<User, DeployError>, Never>?>(nil)

  /// Not asked for yet.
  package init() {}

  /// The account.
  func user(on platform: any Platform) async -> Result<User, DeployError> {
    let task = asked.withLock { asked in
      let task = asked ?? Task { await platform.result { try await platform.currentUser() } }
      asked = task
      return task
    }
    return await task.value
  }
}

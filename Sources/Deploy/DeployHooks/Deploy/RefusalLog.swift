// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import Synchronization

/// Why references of a push are not deployed, as it comes out while their targets are searched for.
final class RefusalLog: Sendable {
  private let list = Mutex<[(reference: String, error: DeployError)]>([])

  var refusals: [(reference: String, error: DeployError)] { list.withLock(\.self) }
  func append(_ error: DeployError, of ref: PushedRef) { list.withLock { $0.append((ref.remoteRef, error)) } }
}

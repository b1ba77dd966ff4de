// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

/// Where the emulator listens, for parts of it that are made before it does.
final class ListeningAddress: Sendable {
  private let value = Mutex<PlatformEmulator.Address?>(nil)

  /// Nil as long as it does not listen.
  var current: PlatformEmulator.Address? { value.withLock { $0 } }
  func set(_ address: PlatformEmulator.Address?) { value.withLock { $0 = address } }
}

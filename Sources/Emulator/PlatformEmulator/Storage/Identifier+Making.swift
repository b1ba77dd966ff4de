// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import PlatformModel

extension Identifier {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")

  /// Returns a new id.
  package static func make() -> String { random(length) }

  /// Returns a new token. Its beginning says where it is from: it cannot be taken for one of the real
  /// platform.
  package static func makeToken() -> String { "emulator_" + random(32) }

  /// Returns a new key for the signatures of a store.
  package static func makeSecret() -> String { random(30) }

  private static func random(_ count: Int) -> String {
    String((0..<count).map { _ in alphabet[Int.random(in: alphabet.indices)] })
  }
}

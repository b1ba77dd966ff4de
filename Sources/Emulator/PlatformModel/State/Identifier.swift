// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The ids and tokens that the platform makes up.
enum Identifier {
  static let length = 17
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")

  /// A new id: 17 letters and digits, as for Actors, users and builds.
  static func make() -> String { random(length) }

  /// A new token; its beginning says where it is from, so that nobody takes it for one of the real platform.
  static func makeToken() -> String { "emulator_" + random(32) }

  /// What a store signs addresses with.
  static func makeSecret() -> String { random(30) }

  /// Whether `text` looks like an id, and so can't be part of a path.
  static func isValid(_ text: String) -> Bool {
    text.utf8.count == length
      && text.utf8.allSatisfy {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
          || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
      }
  }

  private static func random(_ count: Int) -> String {
    String((0..<count).map { _ in alphabet[Int.random(in: alphabet.indices)] })
  }
}

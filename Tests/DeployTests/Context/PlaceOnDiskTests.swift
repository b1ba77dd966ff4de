// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Testing

@testable import Deploy

@Suite("A line of a file that is sent as a copy")
struct PlaceOnDiskTests {
  /// The file, the copy, and for each line of that the one that it comes from; "~" where it is another one.
  static let rows: [(original: String, copy: String, lines: String)] = [
    ("a b c", "a b c", "1 2 3"), ("a b c", "a x b c", "1 ~2 2 3"), ("a b c", "a x y b x c", "1 ~2 ~2 2 ~3 3"),
    ("a b c", "a x c", "1 ~2 3"), ("a b c", "x b c", "~1 2 3"), ("a", "a x", "1 ~1"), ("", "x", "~1"),
    ("a b", "b", "2"),
  ]

  @Test("is the one on disk that it comes from", arguments: rows.indices)
  func line(_ index: Int) {
    let (original, copy, lines) = Self.rows[index]
    func bytes(_ text: String) -> [UInt8] { Array(text.replacing(" ", with: "\n").utf8) }
    let count = copy.split(separator: " ").count
    let found = (1...count).map { number in
      let place = PackageContext.line(number, of: bytes(copy), in: bytes(original))
      return (place.isSame ? "" : "~") + "\(place.number)"
    }
    #expect(found.joined(separator: " ") == lines)
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Checks

extension PackageContext {
  /// `place`, which is one in a file as it is sent, in the file on disk: actor.json and the Dockerfile are
  /// sent as copies, with lines that are not there.
  func placeOnDisk(_ place: Finding.Place) -> Finding.Place {
    guard let line = place.line, let original = originals[place.file], let sent = replacements[place.file]
    else { return place }
    let found = Self.line(line, of: sent, in: original)
    // Of a line that is another one only the number is known.
    return Finding.Place(place.file, line: found.number, column: found.isSame ? place.column : nil)
  }

  /// Which line of `original` the line `number`, from 1, of `text` comes from, and whether it is the same; of
  /// one that was added, the one that it stands at.
  static func line(
    _ number: Int, of text: [UInt8], in original: [UInt8]
  ) -> (number: Int, isSame: Bool) {
    let old = original.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let new = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var (added, removed): (Set<Int>, Set<Int>) = ([], [])
    for change in new.difference(from: old) {
      switch change {
      case .insert(let offset, _, _): added.insert(offset)
      case .remove(let offset, _, _): removed.insert(offset)
      }
    }
    // Where in `old` the walk through `new` stands.
    var place = 0
    for index in new.indices.prefix(number) {
      let isAdded = added.contains(index)
      if !isAdded { while removed.contains(place) { place += 1 } }
      if index == number - 1 { return (min(place, old.count - 1) + 1, !isAdded) }
      // What was added in the place of a line that is gone stands for that.
      if !isAdded || removed.contains(place) { place += 1 }
    }
    return (old.count, false)
  }
}

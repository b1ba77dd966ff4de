// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// What a commit says of itself.
struct CommitObject {
  let tree: ObjectID
  /// When it was committed, in seconds since 1970; nil where it is not said as git says it.
  let committed: Int?

  /// The commit with these contents; nil where they do not begin as those of one.
  init?(_ bytes: RawSpan) {
    let prefix = Array("tree ".utf8)
    let end = prefix.count + 2 * ObjectID.byteCount
    guard bytes.byteCount > end, bytes.byte(at: end) == UInt8(ascii: "\n") else { return nil }
    let line = (0..<end).map { bytes.byte(at: $0) }
    guard line.starts(with: prefix), let tree = ObjectID(digits: line[prefix.count...]) else { return nil }
    self.tree = tree
    committed = Self.committed(bytes, from: end + 1)
  }

  /// The time in the line "committer NAME <ADDRESS> SECONDS ZONE" among those from `start` on.
  private static func committed(_ bytes: RawSpan, from start: Int) -> Int? {
    var line: [UInt8] = []
    var index = start
    while index < bytes.byteCount {
      let byte = bytes.byte(at: index)
      index += 1
      if byte != UInt8(ascii: "\n") {
        line.append(byte)
        continue
      }
      // What follows an empty line is the message.
      if line.isEmpty { return nil }
      if line.starts(with: "committer ".utf8) { return seconds(line[...]) }
      line.removeAll(keepingCapacity: true)
    }
    return nil
  }

  private static func seconds(_ line: ArraySlice<UInt8>) -> Int? {
    guard let end = line.lastIndex(of: UInt8(ascii: ">")) else { return nil }
    let words = line[(end + 1)...].split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard words.count == 3, words[0].isEmpty, (1...11).contains(words[1].count), words[2].count == 5,
      words[1].allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    return words[1].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }
}

extension Git {
  /// When the commit `name`, in hexadecimal digits, was committed, in seconds since 1970; nil where git must
  /// be asked.
  package func committed(_ name: String) -> Int? {
    guard let store = objectStore, let id = ObjectID(digits: Array(name.utf8)[...]),
      var reader = ObjectReader(store), reader.read(id) == .commit
    else { return nil }
    return CommitObject(reader.bytes)?.committed
  }
}

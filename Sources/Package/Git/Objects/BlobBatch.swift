// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// The contents that one `git cat-file --batch` was asked for, put into a spool as they come.
struct BlobBatch: Sendable {
  let objects: ArraySlice<Int32>
  /// Where the content of each of `objects` lies; the offset is negative for those that git does not have.
  private(set) var locations: [BlobSpool.Location] = []
  /// The first object that is no file's content, and what it is.
  private(set) var other: (object: Int32, kind: String)?

  /// What comes next in git's answer: a line "name type size", the content, a line's end; or "name missing".
  private enum Expected {
    case line
    case content(count: Int)
    case lineEnd
  }

  private var expected = Expected.line
  private var line: [UInt8] = []

  /// Asks git for `objects` of `tree`, and has `writer` write them.
  init(
    of objects: ArraySlice<Int32>, from tree: CommitTree, _ git: Git, to writer: consuming SpoolWriter
  ) throws(BlobSpool.Failure) {
    self.objects = objects
    locations.reserveCapacity(objects.count)
    var input: [UInt8] = []
    for object in objects {
      input += tree.objectName(object)
      input.append(UInt8(ascii: "\n"))
    }
    var failure: SystemError?
    do throws(Git.Failure) {
      try git.read(["cat-file", "--batch", "--buffer"].map { Array($0.utf8) }, input: input) { part in
        do throws(SystemError) { return try take(part, &writer) } catch {
          failure = error
          return false
        }
      }
    } catch {
      throw .git(error)
    }
    if failure == nil, other == nil, locations.count < objects.count { failure = SystemError(code: EIO) }
    do throws(SystemError) {
      if let failure { throw failure }
      try writer.flush()
    } catch {
      throw .system(error)
    }
  }

  /// Takes more of what git prints; false where no more is wanted.
  private mutating func take(_ part: RawSpan, _ writer: inout SpoolWriter) throws(SystemError) -> Bool {
    var offset = 0
    while offset < part.byteCount {
      switch expected {
      case .line:
        let byte = part.byte(at: offset)
        offset += 1
        if byte != UInt8(ascii: "\n") {
          line.append(byte)
          if line.count > 256 { throw SystemError(code: EIO) }
        } else if try !begin(&writer) {
          return false
        }
      case .content(let count):
        let taken = min(count, part.byteCount - offset)
        try writer.write(part.extracting(offset..<(offset + taken)))
        offset += taken
        expected = taken == count ? .lineEnd : .content(count: count - taken)
        if taken == count { locations[locations.count - 1].isLFSPointer = writer.wroteLFSPointer }
      case .lineEnd:
        offset += 1
        expected = .line
      }
    }
    return true
  }

  /// Begins what the line announces.
  private mutating func begin(_ writer: inout SpoolWriter) throws(SystemError) -> Bool {
    defer { line.removeAll(keepingCapacity: true) }
    guard locations.count < objects.count else { throw SystemError(code: EIO) }
    let words = line.split(separator: UInt8(ascii: " "))
    guard words.count == 3, let count = Int(String(decoding: words[2], as: UTF8.self)), count >= 0 else {
      locations.append(BlobSpool.Location())
      return true
    }
    guard words[1].elementsEqual("blob".utf8) else {
      let object = objects[objects.startIndex + locations.count]
      other = (object, String(decoding: words[1], as: UTF8.self))
      return false
    }
    locations.append(BlobSpool.Location(offset: try writer.begin(count: count), count: count))
    expected = count == 0 ? .lineEnd : .content(count: count)
    return true
  }
}

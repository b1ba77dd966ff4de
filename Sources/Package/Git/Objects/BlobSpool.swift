// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SystemIO

/// The contents of a commit's files, in a file without a name: git writes them there itself, one behind the
/// other, so that of a commit of any size no more than a buffer is in memory, and every thread reads where it
/// wants.
package struct BlobSpool: Sendable {
  package enum Failure: Error {
    case git(Git.Failure)
    /// The repository does not have this object: it was cloned without it, or is damaged.
    case missing(object: Int32)
    /// What this object is, in place of a file's content: a commit's entry names another kind.
    case notAFile(object: Int32, kind: String)
    /// The file can't be read or takes no more.
    case system(SystemError)
  }

  /// Where a content lies.
  package struct Location: Sendable {
    package var offset = -1
    package var count = 0
    /// Whether it is a pointer to what Git LFS keeps elsewhere.
    package var isLFSPointer = false
  }

  package let file: SharedFile
  var locations: [Location]
  var end = 0

  /// An empty one for `objectCount` objects, in the first of `directories` that takes a file.
  package init(objectCount: Int, in directories: [[UInt8]]) throws(SystemError) {
    file = try SharedFile.unnamed(in: directories)
    locations = Array(repeating: Location(), count: objectCount)
  }

  /// Where the content of `object` lies; nil where it was not fetched.
  package func location(of object: Int32) -> Location? {
    let location = locations[Int(object)]
    return location.offset < 0 ? nil : location
  }

  package func bytes(of object: Int32) throws(SystemError) -> [UInt8] {
    let location = locations[Int(object)]
    return try file.descriptor.bytes(at: location.offset, count: location.count)
  }

  /// Has git write those of `objects` that are not there yet.
  package mutating func fetch(_ objects: [Int32], of tree: CommitTree, _ git: Git) throws(Failure) {
    let missing = objects.filter { locations[Int($0)].offset < 0 }
    guard !missing.isEmpty else { return }
    var input: [UInt8] = []
    for object in missing {
      input += tree.objectName(object)
      input.append(UInt8(ascii: "\n"))
    }
    try write(["cat-file", "--batch", "--buffer"].map { Array($0.utf8) }, input: input, git)
    let other: (object: Int32, kind: String)?
    do throws(SystemError) { other = try scan(missing) } catch { throw .system(error) }
    if let other { throw .notAFile(object: other.object, kind: other.kind) }
    if let lost = missing.first(where: { locations[Int($0)].offset < 0 }) { throw .missing(object: lost) }
  }

  /// Has git write behind all that is there, and sets `end` to where it begins.
  mutating func write(_ arguments: [[UInt8]], input: [UInt8], _ git: Git) throws(Failure) {
    // Copies of this value share the file.
    do throws(SystemError) { end = try file.byteCount() } catch { throw .system(error) }
    do throws(Git.Failure) { try git.write(arguments, input: input, to: file) } catch {
      // git does not say why it could not write.
      do throws(SystemError) {
        try Descriptor.write([UInt8](repeating: 0, count: 1 << 16), to: file.descriptor.rawValue)
      } catch {
        throw .system(error)
      }
      throw .git(error)
    }
  }

  /// Finds the contents of `objects` behind what was there: a line "name type size", the content, a line's
  /// end; or "name missing". Returns the first that is no file's content.
  private mutating func scan(_ objects: [Int32]) throws(SystemError) -> (object: Int32, kind: String)? {
    let size = try file.byteCount()
    var window = SpoolWindow(file)
    for object in objects {
      guard let line = try window.line(at: end) else { throw SystemError(code: EIO) }
      let words = line.split(separator: UInt8(ascii: " "))
      end += line.count + 1
      guard words.count == 3, let count = Int(String(decoding: words[2], as: UTF8.self)) else { continue }
      guard count >= 0, count < size - end else { throw SystemError(code: ENOSPC) }
      guard words[1].elementsEqual("blob".utf8) else {
        return (object, String(decoding: words[1], as: UTF8.self))
      }
      let location = Location(
        offset: end, count: count, isLFSPointer: try window.beginsLikeAPointer(at: end, count: count))
      locations[Int(object)] = location
      end += count + 1
    }
    return nil
  }
}

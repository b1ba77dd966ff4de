// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SystemIO

/// The contents of a commit's files, in a file without a name, so that of a commit of any size no more than a
/// few buffers are in memory, and every thread reads where it wants.
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
  private let objectCount: Int
  /// Where each object's content lies; empty as long as none is there.
  var locations: [Location] = []
  /// Where what git itself writes begins.
  var end = 0
  let space = SpoolSpace()

  /// An empty one for `objectCount` objects, in the first of `directories` that takes a file.
  package init(objectCount: Int, in directories: [[UInt8]]) throws(SystemError) {
    file = try SharedFile.unnamed(in: directories)
    self.objectCount = objectCount
  }

  /// Where the content of `object` lies; nil where it was not fetched.
  package func location(of object: Int32) -> Location? {
    guard locations.indices.contains(Int(object)), locations[Int(object)].offset >= 0 else { return nil }
    return locations[Int(object)]
  }

  package func bytes(of object: Int32) throws(SystemError) -> [UInt8] {
    guard let location = location(of: object) else { throw SystemError(code: ENOENT) }
    return try file.descriptor.bytes(at: location.offset, count: location.count)
  }

  /// Reads those of `objects` that are not there yet, and has git give what can't be read without it, several
  /// gits at a time where there are many.
  package mutating func fetch(_ objects: [Int32], of tree: CommitTree, _ git: Git) throws(Failure) {
    let wanted = objects.filter { location(of: $0) == nil }
    guard !wanted.isEmpty else { return }
    makeRoom()
    try read(wanted, of: tree, git)
    if git.isCancelled { throw .git(.interrupted) }
    let missing = objects.filter { locations[Int($0)].offset < 0 }
    guard !missing.isEmpty else { return }
    let parts = Self.split(missing, Threads.processorCount)
    let (file, space) = (file, space)
    let outcomes = Monitor<[Result<BlobBatch, Failure>?]>(Array(repeating: nil, count: parts.count))
    let work: @Sendable (Int) -> Void = { index in
      let outcome = Result { () throws(Failure) in
        try BlobBatch(of: parts[index], from: tree, git, to: SpoolWriter(file, space))
      }
      outcomes.withLock { $0[index] = outcome }
    }
    var helpers = HelperThreads()
    for index in parts.indices.dropFirst() where !helpers.start({ work(index) }) { work(index) }
    work(0)
    helpers.joinAll()
    let batches = try outcomes.withLock { $0.compactMap(\.self) }.map { outcome throws(Failure) in
      try outcome.get()
    }
    for batch in batches {
      for (object, location) in zip(batch.objects, batch.locations) { locations[Int(object)] = location }
    }
    if let other = batches.lazy.compactMap(\.other).first {
      throw .notAFile(object: other.object, kind: other.kind)
    }
    if let lost = missing.first(where: { locations[Int($0)].offset < 0 }) { throw .missing(object: lost) }
  }

  /// Makes `locations` as long as there are objects.
  mutating func makeRoom() {
    if locations.isEmpty { locations = Array(repeating: Location(), count: objectCount) }
  }

  /// Parts of `objects` for as many gits as are worth starting: one takes as long to start as some hundred
  /// objects to read, and eight descriptors.
  private static func split(_ objects: [Int32], _ processors: Int) -> [ArraySlice<Int32>] {
    let count = max(1, min(processors, objects.count / 500, (Descriptor.limit - 24) / 8, 8))
    return (0..<count).map { objects[(objects.count * $0 / count)..<(objects.count * ($0 + 1) / count)] }
  }

  /// Has git write behind all that is there, and sets `end` to where it begins.
  mutating func write(_ arguments: [[UInt8]], input: [UInt8], _ git: Git) throws(Failure) {
    // Copies of this value share the file.
    do throws(SystemError) {
      end = max(space.end, try file.byteCount())
      try file.descriptor.seek(to: end)
    } catch {
      throw .system(error)
    }
    do throws(Git.Failure) { try git.write(arguments, input: input, to: file) } catch {
      // git does not say why it could not write.
      do throws(SystemError) {
        try Descriptor.write([UInt8](repeating: 0, count: 1 << 16), to: file.descriptor.rawValue)
      } catch {
        throw .system(error)
      }
      throw .git(error)
    }
    do throws(SystemError) { space.skip(to: try file.byteCount()) } catch { throw .system(error) }
  }
}

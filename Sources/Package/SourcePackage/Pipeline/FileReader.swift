// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourceTree
internal import SystemIO

/// Reads the files of a plan on one thread, each as it was at one time: all of a small one, or a segment of a
/// large one.
struct FileReader: ~Copyable {
  private let plan: Plan
  private var reader: PlanReader
  // Room for a character that begins in a segment and ends in the next, and to notice that a file has grown.
  private var buffer = ReadBuffer(capacity: ContentDigest.blockSize + 4)
  private var cursor = PathCursor()

  init(_ plan: Plan) throws(SourceTreeError) {
    self.plan = plan
    reader = try PlanReader(plan)
  }

  /// The path of the entry at hand.
  var path: [UInt8] { cursor.path }

  /// What has been read.
  var bytes: RawSpan {
    @_lifetime(borrow self) get { buffer.bytes }
  }

  /// Turns to the entry at `index`; its path is in `path`.
  mutating func turn(to index: Int) -> Entry.Kind {
    cursor.move(to: index, in: plan)
    return plan.entries[index].kind
  }

  /// Opens the file at `index`.
  mutating func open(_ index: Int) throws(SourceTreeError) -> OpenedFile { try reader.open(index) }

  /// Reads a whole file of at most one block, which is then as it was when it was opened.
  mutating func readAll(of file: borrowing OpenedFile) throws(SourceTreeError) {
    try file.readAll(into: &buffer)
    try file.checkUnchanged(afterReading: buffer.count)
  }

  /// Reads a segment of a large file, and up to four bytes of the next one. Returns how many bytes the
  /// segment has.
  mutating func read(_ segment: Int, of large: LargeFile) throws(SourceTreeError) -> Int {
    let offset = segment * ContentDigest.blockSize
    try read(from: large.file, at: offset, limit: ContentDigest.blockSize + 4)
    let count = min(ContentDigest.blockSize, large.byteCount - offset)
    let isLast = segment + 1 == large.segmentCount
    guard isLast ? buffer.count == count : buffer.count > count else { throw large.file.changed() }
    return count
  }

  /// Reads up to `limit` bytes of `file` at `offset`: fewer only at its end.
  mutating func read(
    from file: borrowing OpenedFile, at offset: Int, limit: Int
  ) throws(SourceTreeError) {
    try file.read(into: &buffer, at: offset, limit: limit)
  }
}

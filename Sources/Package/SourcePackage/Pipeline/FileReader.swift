// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import JSONText
internal import SourceTree
internal import SystemIO

/// Reads the files of a plan on one thread, each as it was at one time: all of a small one, or a segment of a
/// large one.
struct FileReader: ~Copyable {
  private let plan: Plan
  private let finder: SecretFinder?
  private let survey: ContentSurvey?
  /// How large a file may be; nil for any size.
  private let limit: Int?
  /// How many bytes are read behind a segment: a character that begins in it may end in the next one, and so
  /// may a secret; and that the file has grown is noticed.
  private let overlap: Int
  /// How many of the bytes read lie before the segment.
  private(set) var history = 0
  private var reader: PlanReader
  private var buffer: ReadBuffer
  private var cursor = PathCursor()
  private var index = 0
  /// The file that the buffer has all of, since it was opened.
  private var held: Int?

  /// A reader of the files of `plan`, which `finder` searches for secrets, and `survey` looks at, as they are
  /// read.
  ///
  /// - Parameter limit: how large a file may be.
  init(
    _ plan: Plan, finder: SecretFinder? = nil, survey: ContentSurvey? = nil, limit: Int? = nil
  ) throws(SourceTreeError) {
    self.plan = plan
    self.limit = limit
    self.finder = finder
    self.survey = survey
    overlap = max(4, finder?.overlap ?? 0, survey == nil ? 0 : ContentSurvey.overlap)
    buffer = ReadBuffer(capacity: Self.longestHistory + ContentDigest.blockSize + overlap)
    reader = try PlanReader(plan)
  }

  /// The path of the entry at hand.
  var path: [UInt8] { cursor.path }

  /// How much can be read of what lies before a segment.
  static let longestHistory = 32 << 10

  /// What has been read, without its history.
  var bytes: RawSpan {
    @_lifetime(borrow self) get { buffer.bytes.extracting(history...) }
  }

  /// What has been read.
  var bytesBehindHistory: RawSpan {
    @_lifetime(borrow self) get { buffer.bytes }
  }

  /// Turns to the entry at `index`; its path is in `path`.
  mutating func turn(to index: Int) -> Entry.Kind {
    self.index = index
    cursor.move(to: index, in: plan)
    return plan.entries[index].kind
  }

  /// Opens the file at `index`, and reads it where it is small.
  ///
  /// - Throws: also `fileTooLarge`.
  mutating func open(_ index: Int) throws(SourceTreeError) -> OpenedFile {
    history = 0
    held = nil
    let file = try reader.open(index, readingInto: &buffer, limit: ContentDigest.blockSize)
    if file.isRead { held = index }
    if let limit, file.status.byteCount > limit {
      throw SourceTreeError(.fileTooLarge, path: plan.path(of: index), detail: "\(file.status.byteCount)")
    }
    return file
  }

  /// Reads a whole file of at most one block, which is then as it was when it was opened.
  mutating func readAll(of file: borrowing OpenedFile) throws(SourceTreeError) {
    if held != file.index {
      history = 0
      held = nil
      try file.readAll(into: &buffer)
      try file.checkUnchanged(afterReading: buffer.count)
    }
    finder?.inspect(bytes, at: 0, of: index, path: cursor.path)
    survey?.inspect(bytes, at: 0, of: index, file.status)
  }

  /// Reads a segment of a large file, and some bytes of the next one, four if there are as many. Returns how
  /// many bytes the segment has.
  ///
  /// - Parameter history: how many bytes before the segment are read with it, where there are as many.
  mutating func read(
    _ segment: Int, of large: LargeFile, history: Int = 0
  ) throws(SourceTreeError) -> Int {
    let offset = segment * ContentDigest.blockSize
    let before = min(history, Self.longestHistory, offset)
    try read(from: large.file, at: offset - before, limit: before + ContentDigest.blockSize + overlap)
    let count = min(ContentDigest.blockSize, large.byteCount - offset)
    let isLast = segment + 1 == large.segmentCount
    guard isLast ? buffer.count == before + count : buffer.count > before + count else {
      throw large.file.changed()
    }
    self.history = before
    finder?.inspect(bytes, at: offset, of: large.index, path: large.path)
    survey?.inspect(bytes, at: offset, of: large.index, large.file.status)
    return count
  }

  /// Reads the file at `index`, for what is found in it on the way.
  mutating func readThrough(_ index: Int) throws(SourceTreeError) {
    _ = turn(to: index)
    let file = try open(index)
    guard file.status.byteCount > ContentDigest.blockSize else { return try readAll(of: file) }
    let large = LargeFile(file, index: index, path: path, treatment: .digested)
    for segment in 0..<large.segmentCount { _ = try read(segment, of: large) }
  }

  /// Reads up to `limit` bytes of `file` at `offset`: fewer only at its end.
  mutating func read(
    from file: borrowing OpenedFile, at offset: Int, limit: Int
  ) throws(SourceTreeError) {
    history = 0
    held = nil
    try file.read(into: &buffer, at: offset, limit: limit)
  }

  /// Reads as much of a large file as it takes to know the format: binary content mostly shows in the first
  /// block; a text is read to its end here, and once more to be sent. So a file of any size costs one buffer.
  mutating func classify(_ file: borrowing OpenedFile) throws(SourceTreeError) -> TextClassifier {
    var classifier = TextClassifier()
    var offset = 0
    while offset < file.status.byteCount {
      try read(from: file, at: offset, limit: ContentDigest.blockSize)
      if buffer.count == 0 || !classifier.scan(buffer.bytes) { break }
      offset += buffer.count
    }
    return classifier
  }

  /// The line, from 1, of the byte at `offset` of the file at `index`.
  mutating func line(at offset: Int, of index: Int) throws(SourceTreeError) -> Int {
    let file = try open(index)
    var line = 1
    var start = 0
    while start < offset {
      try read(from: file, at: start, limit: min(ContentDigest.blockSize, offset - start))
      if buffer.count == 0 { break }
      for place in 0..<buffer.count where buffer.bytes.byte(at: place) == UInt8(ascii: "\n") { line += 1 }
      start += buffer.count
    }
    return line
  }
}

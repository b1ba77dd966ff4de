// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension BlobSpool {
  /// A file of the commit, and its path from the repository's top.
  package typealias FilteredFile = (object: Int32, path: [UInt8])

  /// Has git write `files`, each as a checkout has it at its path: with the encoding, the line ends and the
  /// `$Id$` that its attributes ask for, and from its filter, which is a command that the configuration
  /// names.
  package mutating func fetch(
    _ files: [FilteredFile], of tree: CommitTree, through attributes: CommitAttributes
  ) throws(Failure) {
    let git = attributes.filteringGit
    makeRoom()
    let batch = files.filter { Self.fitsOneLine($0.path) }
    if !batch.isEmpty { try fetchBatch(batch, of: tree, git) }
    for file in files where !Self.fitsOneLine(file.path) { try fetchOne(file, of: tree, git) }
  }

  /// Whether git understands `path` behind an object's name in a line of its input.
  private static func fitsOneLine(_ path: [UInt8]) -> Bool {
    !path.contains(UInt8(ascii: "\n")) && path.first != UInt8(ascii: " ") && path.first != UInt8(ascii: "\t")
  }

  private mutating func fetchBatch(
    _ files: [FilteredFile], of tree: CommitTree, _ git: Git
  ) throws(Failure) {
    // git says how long a content was before the filter. So behind each one it is asked for an object whose
    // name cannot be foreseen, and which does not exist.
    let mark = "actorpush-\(UInt64.random(in: 0...UInt64.max))-\(UInt64.random(in: 0...UInt64.max))"
    var input: [UInt8] = []
    for file in files {
      input += tree.objectName(file.object)
      input.append(UInt8(ascii: " "))
      input += file.path
      input += Array("\n\(mark)\n".utf8)
    }
    try write(
      ["cat-file", "--batch", "--buffer", "--filters"].map { Array($0.utf8) }, input: input, git)
    let lost: (object: Int32, kind: String)?
    do throws(SystemError) { lost = try scan(files, endedBy: Array("\n\(mark) missing\n".utf8)) } catch {
      throw .system(error)
    }
    if let lost {
      throw lost.kind == "missing"
        ? .missing(object: lost.object) : .notAFile(object: lost.object, kind: lost.kind)
    }
  }

  private mutating func fetchOne(
    _ file: FilteredFile, of tree: CommitTree, _ git: Git
  ) throws(Failure) {
    let option = Array("--path=".utf8) + file.path
    try write(
      ["cat-file", "--filters"].map { Array($0.utf8) } + [option, Array(tree.objectName(file.object))],
      input: [], git)
    do throws(SystemError) {
      var window = SpoolWindow(self.file)
      try place(file.object, from: end, to: self.file.byteCount(), &window)
    } catch {
      throw .system(error)
    }
  }

  /// Finds the contents of `files` behind what was there: a line "name type size", the content, `mark`; or
  /// "name missing" and `mark`. Returns the first that is missing, or no file's content, and what it is.
  private mutating func scan(
    _ files: [FilteredFile], endedBy mark: [UInt8]
  ) throws(SystemError) -> (object: Int32, kind: String)? {
    var lost: (object: Int32, kind: String)?
    var window = SpoolWindow(file)
    for file in files {
      guard let line = try window.line(at: end) else { throw SystemError(code: EIO) }
      let words = line.split(separator: UInt8(ascii: " "))
      let kind = words.count > 1 ? String(decoding: words[1], as: UTF8.self) : "missing"
      let start = end + line.count + (words.count == 3 ? 1 : 0)
      guard let next = try window.position(of: mark, from: start) else { throw SystemError(code: EIO) }
      if kind == "blob" {
        try place(file.object, from: start, to: next, &window)
      } else {
        lost = lost ?? (file.object, kind)
      }
      end = next + mark.count
    }
    return lost
  }

  private mutating func place(
    _ object: Int32, from start: Int, to end: Int, _ window: inout SpoolWindow
  ) throws(SystemError) {
    locations[Int(object)] = Location(
      offset: start, count: end - start,
      isLFSPointer: try window.beginsLikeAPointer(at: start, count: end - start))
  }
}

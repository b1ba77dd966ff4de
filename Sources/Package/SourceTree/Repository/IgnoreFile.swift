// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules
internal import SystemIO

/// What is wrong with ignore files as wholes. git takes their bytes as they are, and so drops rules in
/// silence.
enum IgnoreFile {
  /// Whether `contents` are no text, but UTF-16 as some editors write it: of a line in it, git makes another
  /// pattern.
  static func isUTF16(_ contents: [UInt8]) -> Bool {
    guard contents.count >= 2 else { return false }
    let (first, second) = (contents[0], contents[1])
    return (first == 0xFF && second == 0xFE) || (first == 0xFE && second == 0xFF)
      || (first == 0) != (second == 0)
  }

  /// As many bytes as git (since 2.46) reads of one: each of its lines takes memory, and is held against each
  /// name.
  static let byteLimit = 100 << 20

  /// What is said of the file with `status` that was not read.
  static func kind(ofUnread status: FileStatus?) -> WalkWarning.Kind {
    (status?.byteCount ?? 0) > byteLimit ? .ignoreFileTooLarge : .ignoreFileUnreadable
  }

  /// The contents of `path`, which need not exist; nil where there is nothing to obey.
  ///
  /// - Parameter throughLinks: whether it may be a symbolic link, as git's own files may.
  static func contents(
    _ path: [UInt8], name: [UInt8], throughLinks: Bool = true, _ warnings: inout [WalkWarning]
  ) -> [UInt8]? {
    let found =
      throughLinks
      ? Paths.contents(path, limit: byteLimit) : Paths.contentsOfRegularFile(path, limit: byteLimit)
    guard let contents = found else {
      if let kind = obstacle(path) {
        warnings.append(WalkWarning(kind: kind, path: name))
      } else if BlockingFile(path) != nil {
        warnings.append(WalkWarning(kind: .ignoreFileNotRegular, path: name))
      }
      return nil
    }
    if isUTF16(contents) { warnings.append(WalkWarning(kind: .ignoreFileNotText, path: name)) }
    return contents
  }

  /// Why the file at `path` was not read, where it, or the way to it, is there.
  private static func obstacle(_ path: [UInt8]) -> WalkWarning.Kind? {
    do throws(SystemError) {
      let status = try Paths.status(CString(path))
      return status.isRegular ? kind(ofUnread: status) : nil
    } catch {
      return error.code == EACCES || error.code == ELOOP ? .ignoreFileUnreadable : nil
    }
  }

  /// The name of the ignore file of Actors.
  static let actorName = Array(".actorignore".utf8)

  /// The lines of the .actorignore in the project directory, and behind them those of the one in the Actor's
  /// directory, where that lies below; nil where there are none.
  ///
  /// - Parameters:
  ///   - actor: the path of the Actor's directory; nil where it is the project directory.
  ///   - read: gives the contents of a path; nil where nothing is there.
  /// - Throws: where one is no text: nothing else obeys it, so nothing else would notice.
  static func actorRules(
    of actor: [UInt8]?, _ read: (_ path: [UInt8]) throws(SourceTreeError) -> [UInt8]?
  ) throws(SourceTreeError) -> PatternList? {
    let outer = try actorRules(actorName, read)
    guard let actor, let inner = try actorRules(Paths.join(actor, actorName), read) else { return outer }
    return PatternList(outer ?? PatternList(literal: [], name: ".actorignore"), inner, in: actor)
  }

  private static func actorRules(
    _ path: [UInt8], _ read: (_ path: [UInt8]) throws(SourceTreeError) -> [UInt8]?
  ) throws(SourceTreeError) -> PatternList? {
    guard let contents = try read(path) else { return nil }
    guard !isUTF16(contents), !contents.contains(0) else {
      throw SourceTreeError(.ignoreFileNotText, path: path)
    }
    let list = PatternList(contents: contents.span, name: String(decoding: path, as: UTF8.self))
    return list.patterns.isEmpty ? nil : list
  }
}

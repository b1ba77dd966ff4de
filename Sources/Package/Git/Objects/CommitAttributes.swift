// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// The attributes by which a checkout makes something else of a file than the commit holds
/// (gitattributes(5)). git is asked: it alone knows all the places that attributes come from.
package struct CommitAttributes {
  package enum Change: Equatable, Sendable {
    /// The file goes through the filter of this name, as with git-crypt.
    case filter(String)
    /// The file has a filter of this name, which the configuration does not know: a checkout is plain here,
    /// and may not be elsewhere.
    case unknownFilter(String)
    /// The file is converted to this encoding (`working-tree-encoding`).
    case encoding(String)
    /// The file gets other line ends, or `$Id$` is replaced in it: the attribute in words.
    case text(String)
  }

  private let git: Git
  /// The filters that the configuration knows, and whether they change a file when it is checked out.
  private let filters: [String: Bool]

  /// What a checkout of `commit` makes something else of, among the files at `paths`.
  ///
  /// - Parameter directories: the first takes an index of the commit meanwhile.
  package static func changes(
    of paths: [[UInt8]], in commit: String, _ git: Git, directories: [[UInt8]]
  ) throws(Git.Failure) -> [(path: [UInt8], change: Change)] {
    let name = Array("actorpush-index-\(UInt64.random(in: 0...UInt64.max))".utf8)
    let index = Paths.join(directories.first ?? Array("/tmp".utf8), name)
    defer { try? Paths.remove(index) }
    let withIndex = git.using(index: index)
    _ = try withIndex.output(["read-tree", commit])
    return try CommitAttributes(git: withIndex, filters: filters(git)).changes(of: paths)
  }

  private static func filters(_ git: Git) throws(Git.Failure) -> [String: Bool] {
    let output: [UInt8]
    do throws(Git.Failure) {
      output = try git.output(["config", "-z", "--get-regexp", "^filter\\..*\\.(clean|smudge|process)$"])
    } catch {
      // There is none.
      if case .failed(status: 1?, _) = error { return [:] }
      throw error
    }
    var filters: [String: Bool] = [:]
    for record in output.split(separator: 0) {
      let end = record.firstIndex(of: UInt8(ascii: "\n")) ?? record.endIndex
      let setting = GitConfigParser.Setting(
        String(decoding: record[..<end], as: UTF8.self), Array(record[end...].dropFirst()))
      guard let name = setting.subsection.map({ String(decoding: $0, as: UTF8.self) }) else { continue }
      // `cat` leaves a file as it is.
      let changes =
        !setting.key.hasSuffix(".clean") && !setting.value.isEmpty && setting.value != Array("cat".utf8)
      filters[name] = filters[name] == true || changes
    }
    return filters
  }

  private func changes(of paths: [[UInt8]]) throws(Git.Failure) -> [(path: [UInt8], change: Change)] {
    let output = try git.output(
      ["check-attr", "--cached", "-z", "--stdin", "filter", "working-tree-encoding", "eol", "ident"],
      input: Array(paths.joined(separator: [0])))
    let fields = output.split(separator: 0, omittingEmptySubsequences: false)
    var changes: [(path: [UInt8], change: Change)] = []
    for start in stride(from: 0, to: fields.count - 2, by: 3) {
      let value = String(decoding: fields[start + 2], as: UTF8.self)
      if value == "unspecified" || value == "unset" { continue }
      if let change = change(String(decoding: fields[start + 1], as: UTF8.self), value) {
        changes.append((Array(fields[start]), change))
      }
    }
    return changes
  }

  private func change(_ attribute: String, _ value: String) -> Change? {
    switch attribute {
    case "working-tree-encoding": value.uppercased() == "UTF-8" ? nil : .encoding(value)
    case "eol": value == "crlf" ? .text("eol=crlf") : nil
    case "ident": .text("ident")
    default: change(filter: value)
    }
  }

  private func change(filter value: String) -> Change? {
    // What Git LFS keeps elsewhere is known by its content.
    if value == "lfs" { return nil }
    switch filters[value] {
    case true?: return .filter(value)
    case false?: return nil
    case nil: return .unknownFilter(value)
    }
  }
}

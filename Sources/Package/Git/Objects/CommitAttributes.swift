// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// The attributes by which a checkout makes something else of a file than the commit holds
/// (gitattributes(5)). git is asked: it alone knows all the places that attributes come from.
package struct CommitAttributes: Sendable {
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

  /// A file of attributes of the commit.
  package struct File: Sendable {
    /// The path from the repository's top.
    package let path: [UInt8]
    package let contents: [UInt8]

    package init(path: [UInt8], contents: [UInt8]) {
      self.path = path
      self.contents = contents
    }
  }

  private let tree: AttributesTree
  private let settings: CheckoutSettings

  /// The attributes that `files` give, and what the repository of `git` adds.
  ///
  /// - Parameter directories: the first that accepts them takes temporary files.
  package init(
    of files: [File], _ git: Git, in directories: [[UInt8]]
  ) throws(BlobSpool.Failure) {
    do throws(SystemError) { tree = try AttributesTree.make(of: files, git, in: directories) } catch {
      throw .system(error)
    }
    do throws(Git.Failure) { settings = try CheckoutSettings(of: git) } catch { throw .git(error) }
  }

  /// Whether settings, and no attribute alone, change the line ends of a checkout.
  package var convertsLineEnds: Bool { settings.convertsLineEnds }

  /// A git that makes of a file what a checkout of the commit does, and fails where a filter does.
  var filteringGit: Git {
    // Of a filter that is not required, git takes a failure for a file that is to stay as it is.
    let names = settings.filters.filter { $0.value && !$0.key.contains("=") }.keys.sorted()
    return tree.git.setting(names.map { "filter.\($0).required=true" })
  }

  /// What a checkout makes something else of, among the files at `paths`.
  package func changes(of paths: [[UInt8]]) throws(BlobSpool.Failure) -> [(path: [UInt8], change: Change)] {
    let output: [UInt8]
    do throws(Git.Failure) {
      output = try tree.git.output(
        ["check-attr", "-z", "--stdin", "filter", "working-tree-encoding", "eol", "ident"],
        input: Array(paths.joined(separator: [0])))
    } catch {
      throw .git(error)
    }
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
    switch settings.filters[value] {
    case true?: .filter(value)
    case false?: nil
    // What Git LFS keeps elsewhere is known by its content.
    case nil: value == Self.lfs ? nil : .unknownFilter(value)
    }
  }

  /// The filter of Git LFS.
  package static let lfs = "lfs"
}

/// The settings of git by which it changes files that it checks out.
private struct CheckoutSettings: Sendable {
  /// The filters that the configuration knows, and whether they change a file when it is checked out.
  private(set) var filters: [String: Bool] = [:]
  /// Whether line ends become CR LF without an attribute that says so.
  private(set) var convertsLineEnds = false

  init(of git: Git) throws(Git.Failure) {
    let output: [UInt8]
    do throws(Git.Failure) {
      output = try git.answering().output([
        "config", "-z", "--get-regexp",
        "^(filter\\..*\\.(clean|smudge|process)|core\\.(autocrlf|eol))$",
      ])
    } catch {
      // There is none.
      if case .failed(status: 1?, _) = error { return }
      throw error
    }
    var (autocrlf, eol) = (false, false)
    for record in output.split(separator: 0) {
      let end = record.firstIndex(of: UInt8(ascii: "\n"))
      let key = String(decoding: record[..<(end ?? record.endIndex)], as: UTF8.self)
      // A key without a value is true.
      let value = end.map { Array(record[($0 + 1)...]) } ?? Array("true".utf8)
      switch key {
      case "core.autocrlf": autocrlf = !value.elementsEqual("input".utf8) && GitConfig.boolean(value) != false
      case "core.eol": eol = value.elementsEqual("crlf".utf8)
      default: note(GitConfigParser.Setting(key, value))
      }
    }
    convertsLineEnds = autocrlf || eol
  }

  private mutating func note(_ setting: GitConfigParser.Setting) {
    guard let name = setting.subsection.map({ String(decoding: $0, as: UTF8.self) }) else { return }
    // `cat` leaves a file as it is.
    let changes =
      !setting.key.hasSuffix(".clean") && !setting.value.isEmpty && setting.value != Array("cat".utf8)
    filters[name] = filters[name] == true || changes
  }
}

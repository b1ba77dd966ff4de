// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import SystemIO

extension CommitSource {
  /// A file of ignore rules or attributes in a directory above the project's.
  struct FileAbove {
    /// The path from the repository's top.
    let path: [UInt8]
    let contents: [UInt8]

    /// Whether it is called `name`.
    func isCalled(_ name: [UInt8]) -> Bool {
      path.suffix(name.count).elementsEqual(name)
    }
  }

  static let ignoreName = Array(".gitignore".utf8)

  /// The ignore files that the commit holds.
  ///
  /// - Parameters:
  ///   - above: the ignore files of the directories above the project's, among other files.
  ///   - scope: what the package is limited to.
  func rules(_ above: [FileAbove], _ scope: PackageScope?) throws(SourceTreeError) -> CommitRules {
    var texts: [Int32: [UInt8]] = [:]
    do throws(SystemError) {
      for node in tree.files(named: Self.ignoreName) {
        let object = tree.nodes[Int(node)].object
        texts[object] = try spool.bytes(of: object)
      }
    } catch {
      throw SourceTreeError(.spool, path: directory, system: error)
    }
    let actor = try IgnoreFile.actorRules(of: scope?.actorDirectory) {
      contents(String(decoding: $0, as: UTF8.self))
    }
    return CommitRules(
      tree, actor: actor, contents: texts, prefix: prefix,
      above: above.filter { $0.isCalled(Self.ignoreName) }.map { ($0.path, $0.contents) })
  }

  /// The files of ignore rules and attributes in the directories above the project's, the topmost first.
  func filesAbove() throws(SourceTreeError) -> [FileAbove] {
    guard !prefix.isEmpty else { return [] }
    let names = [Self.ignoreName, Self.attributesName]
    var paths = names
    for (offset, byte) in prefix.enumerated() where byte == UInt8(ascii: "/") {
      paths += names.map { Array(prefix[...offset]) + $0 }
    }
    do throws(Git.Failure) {
      let arguments = ["ls-tree", "-z", "--full-tree", objectName, "--"].map { Array($0.utf8) }
      let listing = try git.output(arguments + paths)
      var files: [FileAbove] = []
      for record in listing.split(separator: 0) where record.starts(with: "100".utf8) {
        guard let tab = record.firstIndex(of: UInt8(ascii: "\t")) else { continue }
        let object = Array(record[..<tab].suffix(objectName.utf8.count))
        let contents = try git.output(["cat-file", "blob"].map { Array($0.utf8) } + [object])
        files.append(FileAbove(path: Array(record[(tab + 1)...]), contents: contents))
      }
      return files.sorted { $0.path.count < $1.path.count }
    } catch {
      throw SourceTreeError(error, path: directory)
    }
  }
}

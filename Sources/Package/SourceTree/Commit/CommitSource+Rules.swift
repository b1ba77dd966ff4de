// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import SystemIO

extension CommitSource {
  /// The ignore files that the commit holds.
  ///
  /// - Parameter above: the ignore files of the directories above the project's, among other files.
  func rules(_ above: [(path: [UInt8], contents: [UInt8])]) throws(SourceTreeError) -> CommitRules {
    var texts: [Int32: [UInt8]] = [:]
    do throws(SystemError) {
      for (index, node) in tree.nodes.enumerated()
      where node.kind.isFile && tree.name(of: Int32(index)).elementsEqual(".gitignore".utf8) {
        texts[node.object] = try spool.bytes(of: node.object)
      }
    } catch {
      throw SourceTreeError(.spool, path: directory, system: error)
    }
    return try CommitRules(
      tree, actor: contents(".actorignore"), contents: texts, prefix: prefix,
      above: above.filter { $0.path.suffix(".gitignore".utf8.count).elementsEqual(".gitignore".utf8) })
  }

  /// The files of ignore rules and attributes in the directories above the project's, the topmost first.
  func filesAbove() throws(SourceTreeError) -> [(path: [UInt8], contents: [UInt8])] {
    guard !prefix.isEmpty else { return [] }
    let names = [Array(".gitignore".utf8), Self.attributesName]
    var paths = names
    for (offset, byte) in prefix.enumerated() where byte == UInt8(ascii: "/") {
      paths += names.map { Array(prefix[...offset]) + $0 }
    }
    do throws(Git.Failure) {
      let arguments = ["ls-tree", "-z", "--full-tree", objectName, "--"].map { Array($0.utf8) }
      let listing = try git.output(arguments + paths)
      var files: [(path: [UInt8], contents: [UInt8])] = []
      for record in listing.split(separator: 0) where record.starts(with: "100".utf8) {
        guard let tab = record.firstIndex(of: UInt8(ascii: "\t")) else { continue }
        let object = Array(record[..<tab].suffix(objectName.utf8.count))
        let contents = try git.output(["cat-file", "blob"].map { Array($0.utf8) } + [object])
        files.append((Array(record[(tab + 1)...]), contents))
      }
      return files.sorted { $0.path.count < $1.path.count }
    } catch {
      throw SourceTreeError(error, path: directory)
    }
  }
}

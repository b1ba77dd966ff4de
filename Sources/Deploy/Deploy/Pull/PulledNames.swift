// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import TreeMerge

/// Judges the names of a version's files before any of them is written: they are strangers' names.
package enum PulledNames {
  /// A name as a version has it.
  package struct Entry: Sendable {
    package let name: [UInt8]
    package let isFolder: Bool

    /// The folder or file `name`.
    package init(_ name: [UInt8], isFolder: Bool = false) {
      self.name = name
      self.isFolder = isFolder
    }
  }

  /// More entries are no project.
  private static let countLimit = 500_000
  /// The system takes no longer paths and names.
  private static let pathLimit = 4000
  private static let nameLimit = 255

  /// Throws for the first name that must not be written.
  ///
  /// - Parameter foldsNames: whether the file system takes names for one that differ in case alone.
  package static func check(_ entries: [Entry], foldsNames: Bool) throws(PullError) {
    guard entries.count <= countLimit else {
      throw .unsafeVersion(
        "it has \(entries.count) files and folders; no more than \(countLimit) are written")
    }
    var kinds: [[UInt8]: Bool] = [:]
    for entry in entries {
      if let reason = problem(of: entry.name) { throw .unsafeName(entry.name, reason) }
      if let isFolder = kinds[entry.name] {
        throw .unsafeName(
          entry.name, isFolder == entry.isFolder ? "is there twice" : "is a file and a folder")
      }
      kinds[entry.name] = entry.isFolder
    }
    for entry in entries {
      for (index, byte) in entry.name.enumerated() where byte == UInt8(ascii: "/") {
        guard kinds[Array(entry.name[..<index])] == false else { continue }
        throw .unsafeName(entry.name, "lies in a file")
      }
    }
    if foldsNames { try checkTwins(entries.map(\.name)) }
  }

  private static func checkTwins(_ names: [[UInt8]]) throws(PullError) {
    var known: [FoldedName: [UInt8]] = [:]
    for name in names {
      for end in name.indices.filter({ name[$0] == UInt8(ascii: "/") }) + [name.count] {
        let path = Array(name[..<end])
        let other = known.updateValue(path, forKey: FoldedName(path))
        guard let other, other != path else { continue }
        throw .unsafeName(
          name, "is the same as \(String(decoding: other, as: UTF8.self)) for the file system here")
      }
    }
  }

  /// Why `name` must not be written; nil where it may.
  package static func problem(of name: [UInt8]) -> String? {
    if name.isEmpty { return "has no name" }
    if name.first == UInt8(ascii: "/") { return "is absolute" }
    if name.count > pathLimit { return "is longer than \(pathLimit) bytes" }
    if name.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return "has a control character" }
    guard let text = String(validating: name, as: UTF8.self) else { return "is not UTF-8" }
    for scalar in text.unicodeScalars where (0x80..<0xA0).contains(scalar.value) {
      return "has a control character"
    }
    for part in name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      if part.isEmpty { return "has an empty component" }
      if part.elementsEqual(".".utf8) || part.elementsEqual("..".utf8) { return "leads elsewhere" }
      if part.count > nameLimit { return "has a component of more than \(nameLimit) bytes" }
      if isRepository(String(decoding: part, as: UTF8.self)) { return "is git's own" }
    }
    return nil
  }

  /// Whether some file system takes `name` for `.git` (as git's own verify_path): by case, by short names
  /// (`git~1`), by characters that it ignores, or by what stands behind it.
  private static func isRepository(_ name: String) -> Bool {
    var text = ""
    for scalar in name.unicodeScalars where !isIgnored(scalar) { text.unicodeScalars.append(scalar) }
    text = String(text.lowercased().prefix { $0 != ":" && $0 != "\\" })
    while text.hasSuffix(" ") || text.hasSuffix(".") { text.removeLast() }
    return text == ".git" || text == "git~1"
  }

  /// What HFS+ leaves out of account.
  private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200C...0x200F, 0x202A...0x202E, 0x206A...0x206F, 0xFEFF: true
    default: false
    }
  }
}

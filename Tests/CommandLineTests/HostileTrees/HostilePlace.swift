// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import SystemIO
import TestSupport
import Testing

/// A tree, and what surrounds it: the home directory, and those for state, temporary files and output.
final class HostilePlace: Sendable {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["tree", "home", "tmp", "state", "out"] { try folder.folder(name) }
    for name in ["", "home", "tmp", "state", "out"] { try mode(name.isEmpty ? "" : "../" + name, 0o777) }
    try write(".actor/actor.json", #"{"name": "my-actor", "version": "0.1"}"#)
    try write("file", "x\n")
  }

  /// The path of `name` in the tree.
  func callAsFunction(_ name: String) -> String { folder("tree/" + name) }

  func write(_ name: String, _ text: String) throws { try folder.write("tree/" + name, text) }
  func write(_ name: String, _ bytes: [UInt8]) throws { try folder.write("tree/" + name, bytes) }
  func directory(_ name: String) throws { try folder.folder("tree/" + name) }

  func link(_ name: String, to target: String) throws {
    if let slash = name.lastIndex(of: "/") { try directory(String(name[..<slash])) }
    try folder.link("tree/" + name, to: target)
  }

  /// Takes away what is called `name`.
  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: self(name)) }

  func mode(_ name: String, _ mode: Int) throws {
    try FileManager.default.setAttributes(
      [.posixPermissions: mode], ofItemAtPath: name.isEmpty ? folder.path : self(name))
  }

  /// A FIFO in the place of what is called `name`.
  func fifo(_ name: String) throws {
    try? remove(name)
    if let slash = name.lastIndex(of: "/") { try directory(String(name[..<slash])) }
    let path = CString(self(name))
    guard unsafe mkfifo(path.pointer, 0o666) == 0 else { throw SystemError.current }
  }

  /// A file of `count` bytes that are not on the disk.
  func sparse(_ name: String, _ count: Int) throws {
    try? remove(name)
    try write(name, "")
    try resize(name, count)
  }

  /// Cuts the file off, or makes it longer.
  func resize(_ name: String, _ count: Int) throws {
    let path = CString(self(name))
    guard unsafe truncate(path.pointer, off_t(count)) == 0 else { throw SystemError.current }
  }

  /// A file whose name is `bytes`.
  func write(named bytes: [UInt8], in directory: String = "") throws {
    let top = try Descriptor.open(CString(self(directory)), as: .directory)
    _ = try top.create(bytes, mode: 0o644)
  }

  /// `count` directories called `name`, each in the one before, with a file in the last one.
  func deep(_ name: String, _ count: Int, link target: String? = nil) throws {
    var current = try Descriptor.open(CString(self("")), as: .directory)
    for _ in 0..<count {
      try current.makeDirectory(Array(name.utf8), mode: 0o755)
      current = try Descriptor.open(CString(name), in: current.rawValue, as: .directory)
    }
    _ = try current.create(Array("last".utf8), mode: 0o644)
    guard let target else { return }
    let old = CString(target)
    let new = CString("link")
    guard unsafe symlinkat(old.pointer, current.rawValue, new.pointer) == 0 else { throw SystemError.current }
  }

  @discardableResult
  func git(_ arguments: String..., input: [UInt8] = []) async throws -> String {
    let output = try await TestSupport.git(arguments, in: self(""), input: input)
    return String(decoding: output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  /// Makes the tree a repository with one commit of all that is in it.
  func commit() async throws {
    try await git("init", "-q", "-b", "main")
    try await git("add", "-A", "-f")
    try await git("commit", "-qm", "x")
  }

  /// Makes a commit of a tree with `entries` (mode, name, object) that no git would make.
  func commit(_ entries: [(mode: String, name: String, object: String)]) async throws {
    var tree: [UInt8] = []
    for entry in entries {
      tree += Array("\(entry.mode) \(entry.name)\0".utf8)
      let digits = Array(entry.object)
      for index in stride(from: 0, to: digits.count - 1, by: 2) {
        tree.append(UInt8(String(digits[index...(index + 1)]), radix: 16) ?? 0)
      }
    }
    let object = try await git("hash-object", "-w", "-t", "tree", "--literally", "--stdin", input: tree)
    try await point(to: object)
  }

  /// Makes a commit of the tree `object`, and `main` point at it.
  func point(to object: String) async throws {
    try await git("update-ref", "refs/heads/main", try await git("commit-tree", object, "-m", "x"))
  }

  /// The object of a small file.
  func blob() async throws -> String {
    try await git("hash-object", "-w", "--stdin", input: Array("x\n".utf8))
  }

  /// What is left in the directory for temporary files.
  var leftovers: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder("tmp"))) ?? []
  }

  /// The files in the directory for output.
  var outputs: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder("out"))) ?? []
  }
}

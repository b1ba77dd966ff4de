// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO
import TestSupport

@testable import Git

/// An object as git or the store gives it.
struct StoredObject: Equatable, Sendable {
  let kind: String
  let bytes: [UInt8]
}

/// What `git cat-file --batch` answers.
struct GitObjects {
  /// The names in git's order.
  private(set) var names: [String] = []
  private(set) var objects: [String: StoredObject] = [:]

  /// All objects of the repository.
  init(allIn folder: String) async throws {
    let output = try await shell(
      "git", ["cat-file", "--batch", "--batch-all-objects", "--buffer"], in: folder,
      environment: Self.variables)
    take(output.bytes)
  }

  /// Those of `names` that git reads.
  init(_ names: [String], in folder: String) async throws {
    let output = try await shell(
      "git", ["cat-file", "--batch", "--buffer"], in: folder, environment: Self.variables,
      input: Array((names.joined(separator: "\n") + "\n").utf8))
    take(output.bytes)
  }

  private static let variables = [
    "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1", "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
  ]

  private mutating func take(_ output: [UInt8]) {
    var offset = 0
    while let end = output[offset...].firstIndex(of: UInt8(ascii: "\n")) {
      let words = String(decoding: output[offset..<end], as: UTF8.self).split(separator: " ").map(String.init)
      offset = end + 1
      guard words.count == 3, let count = Int(words[2]) else { continue }
      guard offset + count < output.count else { return }
      names.append(words[0])
      objects[words[0]] = StoredObject(kind: words[1], bytes: Array(output[offset..<(offset + count)]))
      offset += count + 1
    }
  }
}

/// What the store of the repository in `folder`, whose git directory is `directory`, gives for `names`; nil
/// where there is none.
func storedObjects(
  _ names: [String], in directory: String, variables: [String: String] = plainVariables,
  chainBytes: Int = 1 << 26
) async throws -> [String: StoredObject]? {
  try await blocking {
    guard let store = ObjectStore(common: Array(directory.utf8), environment: variables),
      var reader = ObjectReader(store, chainBytes: chainBytes)
    else { return nil }
    var objects: [String: StoredObject] = [:]
    for name in names {
      guard let id = ObjectID(digits: Array(name.utf8)[...]), let kind = reader.read(id) else { continue }
      let bytes = reader.bytes
      objects[name] = StoredObject(
        kind: "\(kind)", bytes: (0..<bytes.byteCount).map { bytes.byte(at: $0) })
    }
    return objects
  }
}

/// The same of those that lie in packs, read family by family.
func storedObjects(
  inFamilies names: [String], in directory: String, chainBytes: Int = 1 << 26
) async throws -> [String: StoredObject]? {
  try await blocking {
    guard let store = ObjectStore(common: Array(directory.utf8), environment: plainVariables),
      var reader = ObjectReader(store, chainBytes: chainBytes)
    else { return nil }
    let places = names.compactMap { name in
      ObjectID(digits: Array(name.utf8)[...]).flatMap(store.location(of:)).map { (name, $0) }
    }.sorted { $0.1 < $1.1 }
    var objects: [String: StoredObject] = [:]
    reader.readFamilies(places.map(\.1)) { wanted, kind, bytes in
      let object = StoredObject(kind: "\(kind)", bytes: (0..<bytes.byteCount).map { bytes.byte(at: $0) })
      for index in wanted { objects[places[index].0] = object }
      return true
    }
    return objects
  }
}

/// A stream for `git fast-import`: `commits` commits, each of which changes some of `files` files a little.
func importStream(commits: Int, files: Int, seed: Int, branch: String = "main") -> [UInt8] {
  var generator = SeededGenerator(seed)
  var contents = (0..<files).map { _ in
    (0..<Int.random(in: 5..<120, using: &generator)).map { _ in
      "line \(Int.random(in: 0..<1000, using: &generator)) of text\n"
    }
  }
  var stream: [UInt8] = []
  for commit in 0..<commits {
    stream += Array(
      "commit refs/heads/\(branch)\ncommitter t <t@example.com> \(1_700_000_000 + commit) +0000\ndata 1\nx\n"
        .utf8)
    for file in contents.indices where commit == 0 || generator.chance(files == 1 ? 100 : 30) {
      let line = Int.random(in: contents[file].indices, using: &generator)
      contents[file][line] = "changed by \(commit) \(Int.random(in: 0..<1000, using: &generator))\n"
      let text = contents[file].joined()
      stream += Array(
        "M 100644 inline d\(file % 7)/e\(file % 3)/f\(file)\ndata \(text.utf8.count)\n\(text)\n".utf8)
    }
    stream += Array("\n".utf8)
  }
  return stream
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials

/// A folder for one test, gone with it.
package final class TemporaryFolder: Sendable {
  /// Its path, absolute and without symbolic links.
  package let path: String

  /// A fresh folder; with `inMemory`, where the system has such a place, for tests that make and remove many
  /// small files: ext4 takes ever longer to find a free inode then.
  package init(inMemory: Bool = false) throws {
    let memory = "/dev/shm"
    let base =
      inMemory && FileManager.default.isWritableFile(atPath: memory)
      ? memory : FileManager.default.temporaryDirectory.path
    path = base + (base.hasSuffix("/") ? "" : "/") + "actorpush-\(UInt64.random(in: 0...UInt64.max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of `name` in it.
  package func callAsFunction(_ name: String) -> String { name.isEmpty ? path : path + "/" + name }

  /// Makes the folder `name` with all above it.
  package func folder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: self(name), withIntermediateDirectories: true)
  }

  /// Writes `contents` to the file `name`, in folders that are made as needed.
  package func write(_ name: String, _ contents: [UInt8]) throws {
    if let slash = name.lastIndex(of: "/") { try folder(String(name[..<slash])) }
    try Data(contents).write(to: URL(fileURLWithPath: self(name)))
  }

  /// Writes `text` to the file `name`.
  package func write(_ name: String, _ text: String = "") throws { try write(name, Array(text.utf8)) }

  /// Makes `name` a symbolic link to `target`.
  package func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: self(name), withDestinationPath: target)
  }
}

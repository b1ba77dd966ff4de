// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import SourcePackage
import SourceTree
import SystemIO
import TestSupport
import Testing

/// What is in `folder`, by its default rules.
func plan(_ folder: TemporaryFolder) throws -> Plan {
  try Walk.plan(Array(folder.path.utf8), options: WalkOptions())
}

/// A zip of `folder` in memory, and its summary.
func zip(_ folder: TemporaryFolder, threads: Int? = nil) throws -> (bytes: [UInt8], summary: PackageSummary) {
  let sink = MemorySink(limit: 1 << 30)
  let summary = try PackageWriter.writeZip(try plan(folder), to: sink, settings: .init(threadCount: threads))
  return (try #require(sink.bytes), summary)
}

/// Gives up the file at `path` when done.
func writeZip(_ folder: TemporaryFolder, to path: String) throws -> PackageSummary {
  let file = try OutputFile.open(Array(path.utf8))
  let summary = try PackageWriter.writeZip(try plan(folder), to: DescriptorSink(file.descriptor.rawValue))
  try file.commit()
  return summary
}

/// A tree with what is odd about trees: sizes around the block size, content that compresses and that does
/// not, modes, empty folders and files, names of other scripts.
func oddTree() throws -> TemporaryFolder {
  let folder = try TemporaryFolder()
  var random = SeededGenerator(seed: 7)
  let noise = (0..<3_000_000).map { _ in UInt8.random(in: 0...255, using: &random) }
  let block = 3 << 18
  for size in [0, 1, 100, 5000, 70_000, block - 1, block, block + 1, 2 * block, 2 * block + 5000] {
    try folder.write("noise/\(size)", Array(noise.prefix(size)))
    try folder.write("text/\(size).txt", (0..<size).map { UInt8(ascii: "a") + UInt8($0 / 7 % 23) })
    // Half and half: a stretch that compresses behind one that does not.
    try folder.write(
      "mixed/\(size)", Array(noise.prefix(size / 2)) + Array(repeating: 32, count: size - size / 2))
  }
  try folder.folder("empty/inside")
  try folder.write("bin/run", "#!/bin/sh\necho hello\n")
  try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder("bin/run"))
  try folder.write("žluťoučký/漢字 😀.txt", "kůň")
  return folder
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import Git
import SystemIO
import TestSupport
import Testing

/// Packs and indexes in which something is wrong.
@Suite("Damaged objects")
struct DamagedPackTests {
  private let folder: TemporaryFolder

  init() async throws {
    folder = try TemporaryFolder(inMemory: true)
    try await git(["init", "-q", "-b", "main"], in: folder.path)
  }

  enum Kind: String, CaseIterable { case offsets, names, loose }

  /// A repository of few objects, and its files with objects.
  private func make(_ kind: Kind) async throws -> [String] {
    let stream = importStream(commits: kind == .loose ? 2 : 4, files: 3, seed: 11)
    try await git(
      ["-c", "fastimport.unpackLimit=\(kind == .loose ? 1000 : 1)", "fast-import", "--quiet"],
      in: folder.path,
      input: stream)
    if kind != .loose {
      try await git(
        ["-c", "repack.useDeltaBaseOffset=\(kind == .offsets)", "repack", "-adfq"], in: folder.path)
    }
    let files = try await shell(
      "find",
      [
        ".git/objects", "-type", "f", "-name",
        kind == .loose ? "??????????????????*" : "pack-*.[pi][ad][cx]*",
      ],
      in: folder.path)
    return files.text.split(separator: "\n").map(String.init).sorted()
  }

  private func check(_ names: [String], _ what: String) async throws -> Int {
    let ours = try await storedObjects(names, in: folder(".git")) ?? [:]
    let families = try await storedObjects(inFamilies: names, in: folder(".git")) ?? [:]
    let theirs = try await GitObjects(names, in: folder.path).objects
    for (name, read) in names.flatMap({ name in [ours, families].compactMap { $0[name].map { (name, $0) } } })
    {
      // git gives up at the first object that it can't read.
      let said =
        if let said = theirs[name] { said } else {
          try await GitObjects([name], in: folder.path).objects[name]
        }
      if said != read {
        Issue.record("\(what): \(name) is \(String(describing: said?.kind)), read as \(read.kind)")
      }
    }
    return ours.count
  }

  @Test("are never read as others than git reads them", arguments: Kind.allCases)
  func flipped(_ kind: Kind) async throws {
    let files = try await make(kind)
    let names = try await GitObjects(allIn: folder.path).names
    let exhaustive = ProcessInfo.processInfo.environment["ACTORPUSH_EXHAUSTIVE"] != nil
    var generator = SeededGenerator(5)
    var (read, damages) = (0, 0)
    for file in files.shuffled(using: &generator).prefix(kind == .loose && !exhaustive ? 6 : .max) {
      let url = URL(fileURLWithPath: folder(file))
      let good = [UInt8](try Data(contentsOf: url))
      _ = try await shell("chmod", ["+w", folder(file)])
      let step = exhaustive ? 1 : max(1, good.count / 60)
      for position in stride(from: Int.random(in: 0..<step, using: &generator), to: good.count, by: step) {
        var bad = good
        bad[position] ^=
          generator.chance(50)
          ? 1 << UInt8.random(in: 0..<8, using: &generator) : .random(in: 1...255, using: &generator)
        try Data(bad).write(to: url)
        read += try await check(names, "\(file) at \(position): \(bad[position])")
        damages += 1
      }
      for count in stride(from: Int.random(in: 0..<step, using: &generator), to: good.count, by: step * 3) {
        try Data(good.prefix(count)).write(to: url)
        read += try await check(names, "\(file) ends at \(count)")
        damages += 1
      }
      try Data(good).write(to: url)
    }
    // Most of the objects are whole all the time.
    #expect(read > 0 && read < damages * names.count)
    #expect(try await storedObjects(names, in: folder(".git"))?.count == names.count)
  }
}

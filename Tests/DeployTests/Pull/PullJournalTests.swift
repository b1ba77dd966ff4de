// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import EmulatorTesting
import FoundationEssentials
import PlatformModel
import SourcePackage
import SystemIO
import TestSupport
import Testing

@testable import Deploy

/// The end of a pull at each of its steps, as by `kill -9`: what is on the disk then is all there is.
@Suite("A pull that ends half-way", .timeLimit(.minutes(2)))
struct PullJournalTests {
  private static let remote = ["added/deep/x": "1", "replaced": "2", "kept": "1", "d": "file", "e/in": "1"]
  private static let before = [
    "replaced": "1", "gone/a": "1", "gone/b": "1", "kept": "1", "d/in": "1", "e": "file",
  ]

  private struct Place {
    let folder: TemporaryFolder
    let memory: DirectoryMemory
    let transaction: PullTransaction
    let changes: [PullTransaction.Change]

    init(endingBefore number: Int?) throws {
      folder = try TemporaryFolder()
      for (name, text) in before { try folder.write("work/" + name, text) }
      try FileManager.default.setAttributes([.posixPermissions: 0o751], ofItemAtPath: folder("work/replaced"))
      let remote = try RemoteContents(
        PullJournalTests.remote.map { .init(name: $0.key, format: .text, content: $0.value) })
      memory = DirectoryMemory(Array(folder("work").utf8), in: Array(folder("state").utf8))
      var transaction = PullTransaction(
        memory: memory, remote: remote, cancellation: CancellationFlag())
      transaction.endsBefore = { $0 == number }
      self.transaction = transaction
      func identity(_ text: String?) -> [UInt8]? { text.map { Manifest.Entry.identity(of: Array($0.utf8)) } }
      func change(_ kind: PullTransaction.Change.Kind, _ path: String) -> PullTransaction.Change {
        var isWrite = false
        if case .write = kind { isWrite = true }
        return .init(
          path: Array(path.utf8), kind: kind, before: identity(before[path]),
          after: isWrite ? identity(PullJournalTests.remote[path]) : nil)
      }
      func write(_ path: String, _ isExecutable: Bool? = nil) -> PullTransaction.Change {
        change(.write(.remote(Array(path.utf8)), isExecutable: isExecutable), path)
      }
      changes = [
        change(.remove, "gone/b"), change(.remove, "gone/a"), change(.removeDirectory, "gone"),
        change(.remove, "e"), change(.remove, "d/in"), change(.removeDirectory, "d"),
        change(.makeDirectory, "added"), change(.makeDirectory, "added/deep"), write("added/deep/x", true),
        write("d"), change(.makeDirectory, "e"), write("e/in"), write("replaced", false),
      ]
    }

    /// The number of the change that writes `path`.
    func number(of path: String) -> Int? {
      changes.firstIndex { change in
        if case .write = change.kind { change.path.elementsEqual(path.utf8) } else { false }
      }
    }

    func carryOut() throws(DeployError) {
      try transaction.carryOut(changes, isNew: false, memories: ["conflicts"]) { () throws(SystemError) in
        try StandingConflicts([.init(path: "replaced", markers: nil)]).keep(in: memory)
      }
    }

    /// The directories of copies.
    func copies() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: String(decoding: memory.place, as: UTF8.self))
        .filter { $0.hasPrefix("backup") }
    }

    /// Paths, contents and modes.
    var tree: [String] {
      FileManager.default.enumeratorPaths(atPath: folder("work")).map { name in
        let path = Array(folder("work/" + name).utf8)
        let status = Paths.status(path)
        let text = Paths.contents(path).map { String(decoding: $0, as: UTF8.self) } ?? "/"
        return "\(name) \(text) \(String((status?.mode ?? 0) & 0o7777, radix: 8))"
      }
    }
  }

  /// Before each of the changes, behind the last one, and when all but the journal is done.
  private static let numbers = Array(0...14)

  @Test("leaves a journal by which all becomes what it was", arguments: numbers)
  func undone(_ number: Int) throws {
    let place = try Place(endingBefore: number)
    let before = place.tree
    #expect(throws: DeployError.self) { try place.carryOut() }
    #expect(PullJournal.isUnfinished(in: place.memory))
    if number > 0 { #expect(place.tree != before, "nothing was done") }
    let kept = try PullRecovery(place.memory).undo()
    #expect(place.tree == before && kept.isEmpty)
    #expect(!PullJournal.isUnfinished(in: place.memory) && StandingConflicts(in: place.memory) == nil)
    // All can be done then.
    var whole = place.transaction
    whole.endsBefore = { _ in false }
    try whole.carryOut(place.changes, isNew: false, memories: []) {}
    #expect(
      place.tree.filter { !$0.contains(" / ") }.map {
        $0.split(separator: " ").prefix(2).joined(separator: " ")
      } == ["added/deep/x 1", "d file", "e/in 1", "kept 1", "replaced 2"])
    #expect(place.tree.contains("replaced 2 640"), "\(place.tree)")
    #expect(place.tree.contains { $0.hasPrefix("added/deep/x 1 7") }, "\(place.tree)")
  }

  @Test("keeps what was changed since, with a copy of what it was")
  func edited() throws {
    let place = try Place(endingBefore: 13)
    #expect(throws: DeployError.self) { try place.carryOut() }
    try place.folder.write("work/replaced", "edited")
    let kept = try PullRecovery(place.memory).undo()
    #expect(kept.map { String(decoding: $0.path, as: UTF8.self) } == ["replaced"])
    #expect(kept.first?.copy.flatMap { Paths.contents($0) } == Array("1".utf8))
    #expect(
      place.tree.contains { $0.hasPrefix("replaced edited") }
        && place.tree.contains { $0.hasPrefix("gone/a 1") })
  }

  @Test("can be undone as well when it has ended, once")
  func finished() throws {
    let place = try Place(endingBefore: nil)
    let before = place.tree
    try place.carryOut()
    #expect(place.tree != before && StandingConflicts(in: place.memory) != nil)
    #expect(!PullJournal.isUnfinished(in: place.memory))
    #expect(try PullRecovery(place.memory).undo().isEmpty)
    #expect(place.tree == before && StandingConflicts(in: place.memory) == nil)
    #expect(throws: DeployError.self) { try PullRecovery(place.memory).undo() }
  }

  @Test(
    "writes nothing where a file has become another one meanwhile",
    arguments: ["replaced", "gone/a", "added"])
  func changedMeanwhile(_ name: String) throws {
    let place = try Place(endingBefore: nil)
    try place.folder.write("work/" + name, "another")
    let before = place.tree
    #expect(throws: DeployError.self) { try place.carryOut() }
    #expect(place.tree == before && !PullJournal.isUnfinished(in: place.memory))
  }

  @Test(
    "leaves what was saved while it writes, and takes back the rest",
    arguments: [("replaced", "another"), ("added/deep/x", "mine"), ("e/in", "mine")])
  func savedMeanwhile(_ name: String, _ text: String) throws {
    let place = try Place(endingBefore: nil)
    let before = place.tree
    var transaction = place.transaction
    transaction.endsBefore = { number in
      // Behind the changes that make its directory.
      if number == place.number(of: name) { try? place.folder.write("work/" + name, text) }
      return false
    }
    #expect(throws: DeployError.self) {
      try transaction.carryOut(place.changes, isNew: false, memories: []) {}
    }
    let path = Array(place.folder("work/" + name).utf8)
    #expect(Paths.contents(path) == Array(text.utf8))
    #expect(!PullJournal.isUnfinished(in: place.memory))
    let rest = place.tree.filter { !$0.hasPrefix(name.prefix { $0 != "/" }) }
    #expect(rest == before.filter { !$0.hasPrefix(name.prefix { $0 != "/" }) })
  }

  @Test("does not put a damaged copy in the place of a file")
  func damagedCopy() throws {
    let place = try Place(endingBefore: 13)
    #expect(throws: DeployError.self) { try place.carryOut() }
    let now = Paths.contents(Array(place.folder("work/replaced").utf8))
    let journal = try #require(PullJournal.find(in: place.memory))
    try OutputFile.write([], to: journal.copy("12", in: place.memory), mode: 0o600)
    #expect(throws: DeployError.self) { try PullRecovery(place.memory).undo() }
    #expect(Paths.contents(Array(place.folder("work/replaced").utf8)) == now)
    #expect(PullJournal.isUnfinished(in: place.memory))
    // The others are undone all the same.
    #expect(
      place.tree.contains { $0.hasPrefix("gone/a 1") } && place.tree.contains { $0.hasPrefix("d/in 1") })
  }

  @Test("says why it failed, and what was in the way of undoing it")
  func halfUndone() throws {
    let place = try Place(endingBefore: nil)
    var transaction = place.transaction
    transaction.endsBefore = { number in
      if number == place.number(of: "replaced") {
        try? place.folder.write("work/replaced", "mine")
        let journal = PullJournal.find(in: place.memory)
        if let copy = journal?.copy("1", in: place.memory) {
          try? OutputFile.write([], to: copy, mode: 0o600)
        }
      }
      return false
    }
    #expect {
      try transaction.carryOut(place.changes, isNew: false, memories: []) {}
    } throws: { error in
      guard case DeployError.pull(.halfUndone(_, _, let cause, let obstacle))? = error as? DeployError else {
        return false
      }
      return cause.contains("replaced") && obstacle.contains("gone/a")
    }
    #expect(PullJournal.isUnfinished(in: place.memory))
    #expect(Paths.contents(Array(place.folder("work/replaced").utf8)) == Array("mine".utf8))
    #expect(
      place.tree.contains { $0.hasPrefix("gone/b 1") } && place.tree.contains { $0.hasPrefix("d/in 1") })
  }

  @Test("is told of by a journal that cannot be read, and nothing else is undone")
  func unreadableJournal() throws {
    let place = try Place(endingBefore: nil)
    try place.carryOut()
    try OutputFile.write(Array("{}".utf8), to: place.memory.file("journal"), mode: 0o600)
    let after = place.tree
    #expect {
      try PullRecovery(place.memory).undo()
    } throws: { error in
      if case DeployError.pull(.unreadableJournal)? = error as? DeployError { true } else { false }
    }
    #expect(place.tree == after)
  }

  @Test("of one that ended before it had one leaves that of the pull before, and no copies")
  func cutOffEarly() throws {
    let place = try Place(endingBefore: nil)
    let before = place.tree
    try place.carryOut()
    let cancellation = CancellationFlag()
    let later = PullTransaction(
      memory: place.memory, remote: place.transaction.remote, cancellation: cancellation)
    cancellation.cancel()
    let change = PullTransaction.Change(
      path: Array("kept".utf8), kind: .remove, before: Manifest.Entry.identity(of: Array("1".utf8)))
    #expect(throws: DeployError.self) { try later.carryOut([change], isNew: false, memories: []) {} }
    #expect(try place.copies().count == 1)
    #expect(try PullRecovery(place.memory).undo().isEmpty)
    #expect(try place.tree == before && place.copies().isEmpty)
  }

  @Test("of one that is undone leaves that of the pull before; of one that has ended it does not")
  func twice() throws {
    let place = try Place(endingBefore: nil)
    let before = place.tree
    try place.carryOut()
    let between = place.tree
    let change = PullTransaction.Change(
      path: Array("kept".utf8), kind: .remove, before: Manifest.Entry.identity(of: Array("1".utf8)))
    var cutOff = place.transaction
    cutOff.endsBefore = { $0 == 1 }
    #expect(throws: DeployError.self) { try cutOff.carryOut([change], isNew: false, memories: []) {} }
    #expect(try place.tree != between && place.copies().count == 2)
    #expect(try PullRecovery(place.memory).undo().isEmpty)
    #expect(try place.tree == between && place.copies().count == 1)
    try place.transaction.carryOut([change], isNew: false, memories: []) {}
    #expect(try place.copies().count == 1)
    #expect(try PullRecovery(place.memory).undo().isEmpty)
    #expect(place.tree == between && before != between)
    #expect(throws: DeployError.self) { try PullRecovery(place.memory).undo() }
  }

  @Test("of an early version, which had one place for all copies, is undone as well")
  func early() throws {
    let place = try Place(endingBefore: nil)
    let before = place.tree
    try place.carryOut()
    let path = String(decoding: place.memory.file("journal.finished"), as: UTF8.self)
    let copies = try #require(try place.copies().first)
    let journal = try String(contentsOfFile: path, encoding: .utf8)
    try journal.replacing(#""copies":"\#(copies)","#, with: "").write(
      toFile: path, atomically: true, encoding: .utf8)
    let directory = String(decoding: place.memory.place, as: UTF8.self)
    try FileManager.default.moveItem(atPath: directory + "/" + copies, toPath: directory + "/backup")
    #expect(try PullRecovery(place.memory).undo().isEmpty)
    #expect(place.tree == before)
  }

  @Test("goes through no link that comes into its way")
  func link() throws {
    let place = try Place(endingBefore: nil)
    try place.folder.folder("outside")
    try FileManager.default.removeItem(atPath: place.folder("work/d/in"))
    try FileManager.default.removeItem(atPath: place.folder("work/d"))
    try place.folder.write("outside/in", "1")
    try place.folder.link("work/d", to: place.folder("outside"))
    #expect(throws: DeployError.self) { try place.carryOut() }
    #expect(Paths.contents(Array(place.folder("outside/in").utf8)) == Array("1".utf8))
  }
}

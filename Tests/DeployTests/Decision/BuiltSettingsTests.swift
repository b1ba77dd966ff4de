// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import Testing

@testable import Deploy

@Suite("Whether a build was started with what its version has beside the files")
struct BuiltSettingsTests {
  /// Rows: what the record in the store says. Columns: this machine's memory knows the build as started with
  /// these settings, with others, does not know it.
  private static let table = """
    record           same  other silent
    none             same  other unknown
    unreadable       same  other doubtful
    this,same        same  other same
    this,other       same  other other
    this,outdated    other other other
    earlier,same     same  other unknown
    earlier,other    same  other doubtful
    earlier,outdated same  other doubtful
    """.split(separator: "\n").dropFirst().map { $0.split(separator: " ").map { String($0) } }

  @Test("is", arguments: table)
  func verdict(_ row: [String]) {
    for (memory, expected) in zip([true, false, nil], row.dropFirst()) {
      let verdict = BuiltSettings(
        memory: memory, Self.finding(row[0]), of: "b7", now: Self.settings("A=1 S!"))
      #expect("\(verdict)" == expected, "\(row[0]), memory \(String(describing: memory))")
    }
  }

  private static func finding(_ text: String) -> RecordFinding<BuildRecord> {
    let parts = text.split(separator: ",").map { String($0) }
    guard parts.count == 2 else { return text == "none" ? .nothing : .unreadable }
    let build = parts[0] == "this" ? "b7" : "b6"
    if parts[1] == "outdated" { return .record(BuildRecord(outdated: build)) }
    return .record(BuildRecord(of: build, settings(parts[1] == "same" ? "A=1 S!" : "A=2 S!")))
  }

  /// Settings, and what else they are taken for: of a secret only the name shows.
  static let pairs: [(String, applies: Bool, isSame: Bool)] = [
    ("A=1 S!", false, true), ("S! A=1", false, true), ("A=1 S!=other", false, true), ("A=2 S!", false, false),
    ("A=1", false, false), ("A=1 S! B=", false, false), ("A=1 S=", false, false), ("A!=1 S!", false, false),
    ("", false, false), ("A=1 S!", true, false),
  ]

  @Test("is told by what the platform shows, in any order", arguments: pairs)
  func shown(_ text: String, applies: Bool, isSame: Bool) throws {
    let record = BuildRecord(of: "b7", Self.settings("A=1 S!"))
    let contents = try record.contents()
    let read = try #require(BuildRecord(contents))
    #expect(read == record && !read.isOutdated)
    #expect(read.isOf(Self.settings(text, applies: applies)) == isSame)
    // Two records of the same have nothing in common that could be compared.
    #expect(try BuildRecord(of: "b7", Self.settings("A=1 S!")).contents() != contents)
  }

  @Test(
    "is not told by what is no record",
    arguments: ["", "{}", "null", #"{"format":2,"build":"b7","salt":""}"#])
  func damaged(_ text: String) throws {
    #expect(BuildRecord(Array(text.utf8)) == nil)
    let outdated = try #require(BuildRecord(try BuildRecord(outdated: "b7").contents()))
    #expect(outdated.isOutdated && outdated.build == "b7" && !outdated.isOf(Self.settings("")))
  }

  private static func settings(_ text: String, applies: Bool = false) -> FrozenSettings {
    FrozenSettings([EnvironmentVariable](words: text), appliesToBuild: applies)
  }
}

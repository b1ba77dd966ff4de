// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import SourcePackage
import Testing

@testable import Deploy

@Suite("A variable that the platform has otherwise")
struct SettingDifferenceTests {
  /// What actor.json has, what the platform has, what a push has given, and which side changed it. A value
  /// that is "@" is a secret's; nil is none.
  struct Row: Sendable, CustomTestStringConvertible {
    let here: String?
    let there: String?
    let given: String?
    let change: SettingDifference.Change?

    var testDescription: String { "\(here ?? "-") \(there ?? "-") \(given ?? "-")" }
  }

  static let rows: [Row] = [
    Row(here: "1", there: "1", given: "1", change: nil), Row(here: "1", there: "1", given: nil, change: nil),
    Row(here: "1", there: "2", given: "1", change: .changedThere),
    Row(here: "2", there: "1", given: "1", change: .changedHere),
    Row(here: "2", there: "3", given: "1", change: .both),
    Row(here: "2", there: "3", given: nil, change: .both),
    Row(here: nil, there: "1", given: nil, change: .addedThere),
    Row(here: nil, there: "1", given: "1", change: nil),
    Row(here: nil, there: "@", given: nil, change: .addedThere),
    Row(here: "1", there: nil, given: nil, change: nil),
    Row(here: "1", there: nil, given: "1", change: .removedThere),
    Row(here: "@S", there: "@", given: nil, change: nil),
    Row(here: "@S", there: "1", given: nil, change: .both),
    Row(here: "1", there: "@", given: nil, change: .both),
    Row(here: nil, there: nil, given: "1", change: nil),
    Row(here: "1", there: "@", given: "1", change: .changedThere),
    Row(here: "1", there: "@", given: "@", change: .changedHere),
    Row(here: "@S", there: "1", given: "1", change: .changedHere),
    Row(here: "@S", there: "1", given: "@", change: .changedThere),
    Row(here: "1", there: "@db", given: "1", change: .changedThere),
    Row(here: nil, there: "@db", given: nil, change: .addedThere),
    Row(here: "@db", there: "@db", given: nil, change: .both),
  ]

  @Test("is told by who has changed it", arguments: rows)
  func side(_ row: Row) throws {
    let text = row.here.map { #"{"environmentVariables": {"A": "\#($0)"}}"# } ?? "{}"
    let configuration = try ActorConfiguration(Array(text.utf8), file: "actor.json")
    let variables = row.there.map {
      [EnvironmentVariable(name: "A", value: $0 == "@" ? nil : $0, isSecret: $0 == "@")]
    }
    let remote = RemoteVersion(ActorVersion.files([:], variables: variables ?? []), root: .apify)
    var remembered = RememberedVersion(.empty, variables: RememberedVariables())
    if let given = row.given {
      var declared = DeclaredVariables()
      declared.declaredNames = ["A"]
      declared.values = [.init(try VariableName("A"), try VariableValue(given), isSecret: given == "@")]
      remembered.variables.note(declared)
    }
    let found = SettingDifference.all(
      remote, configuration, row.given == nil ? nil : remembered.variables,
      givenTag: row.given == nil ? nil : remembered.tag)
    #expect(found.map(\.change) == (row.change.map { [$0] } ?? []))
    // Pulled, a plain value would become that of a secret of this machine.
    let isTaken = row.there.map { $0.count > 1 && $0.first == "@" } == true
    for difference in found where isTaken {
      #expect(!difference.isWanted(.none) && !difference.isWanted(.theirs))
    }
    #expect(found.allSatisfy { $0.isTakenForSecret == isTaken })
    #expect(found.allSatisfy { !$0.isSecret || $0.value == nil && $0.text == "@A" })
  }
}

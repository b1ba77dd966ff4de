// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import Testing

@testable import Deploy

@Suite("The difference of variables")
struct VariableDifferenceTests {
  /// A row: what is declared, beside what the platform has, gives what.
  struct Row: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// `NAME=value`, with a `!` behind the name of a secret; nil where nothing is declared.
    let declared: String?
    /// The same of the platform, which keeps the values of secrets; nil where it has not said.
    let current: String?
    /// The names of secrets that were given from here, and whether with the same value.
    var known: [String: Bool] = [:]
    /// Whether others of the platform stay.
    var areSome = false
    /// `+added ~changed -removed ?unknown`, in order.
    let difference: String
    /// What is sent, as above; nil for nothing.
    let outcome: String?
  }

  private static let rows: [Row] = [
    Row(testDescription: "nothing said", declared: nil, current: "A=1 B!", difference: "", outcome: nil),
    Row(testDescription: "nothing on both sides", declared: "", current: "", difference: "", outcome: nil),
    Row(testDescription: "the same", declared: "A=1 B=2", current: "B=2 A=1", difference: "", outcome: nil),
    Row(
      testDescription: "the platform has not said", declared: "A=1", current: nil, difference: "+A",
      outcome: "A=1"),
    Row(
      testDescription: "one more", declared: "A=1 B=2", current: "A=1", difference: "+B", outcome: "A=1 B=2"),
    Row(testDescription: "another value", declared: "A=2", current: "A=1", difference: "~A", outcome: "A=2"),
    Row(testDescription: "an empty value", declared: "A=", current: "A=1", difference: "~A", outcome: "A="),
    Row(testDescription: "one less", declared: "B=2", current: "A=1 B=2", difference: "-A", outcome: "B=2"),
    Row(testDescription: "none any more", declared: "", current: "A=1 B!", difference: "-A -B", outcome: ""),
    Row(
      testDescription: "others stay, with their secrets unsaid", declared: "B=3", current: "C! A=1 B=2",
      areSome: true,
      difference: "~B", outcome: "A=1 B=3 C!"),
    Row(
      testDescription: "others stay, nothing sent", declared: "B=2", current: "A=1 B=2", areSome: true,
      difference: "", outcome: nil),
    Row(
      testDescription: "a secret never given from here", declared: "S!=x", current: "S!", difference: "?S",
      outcome: "S!=x"),
    Row(
      testDescription: "a secret given before", declared: "S!=x", current: "S!", known: ["S": true],
      difference: "", outcome: nil),
    Row(
      testDescription: "a secret with a new value", declared: "S!=x", current: "S!", known: ["S": false],
      difference: "~S", outcome: "S!=x"),
    Row(
      testDescription: "a new secret, given elsewhere before", declared: "S!=x", current: "",
      known: ["S": true], difference: "+S", outcome: "S!=x"),
    Row(
      testDescription: "it becomes a secret", declared: "S!=x", current: "S=x", known: ["S": true],
      difference: "~S", outcome: "S!=x"),
    Row(
      testDescription: "it is no secret any more", declared: "S=x", current: "S!", known: ["S": true],
      difference: "~S", outcome: "S=x"),
    Row(
      testDescription: "a known secret goes along with a change", declared: "A=2 S!=x", current: "A=1 S!",
      known: ["S": true],
      difference: "~A", outcome: "A=2 S!=x"),
    Row(
      testDescription: "all at once", declared: "A=1 B=2 S!=x T!=y", current: "B=1 C=3 S! T!",
      known: ["T": false],
      difference: "+A ~B ~T -C ?S", outcome: "A=1 B=2 S!=x T!=y"),
    Row(
      testDescription: "names differ in case", declared: "a=1", current: "A=1", difference: "+a -A",
      outcome: "a=1"),
  ]

  @Test("is", arguments: rows)
  func table(_ row: Row) {
    var declared = DeclaredVariables()
    declared.values = row.declared.map { text in
      Self.variables(text).map { .init(name: $0.name, value: $0.value ?? "", isSecret: $0.isSecret == true) }
    }
    declared.areAll = !row.areSome
    let difference = VariableDifference(declared, current: row.current.map(Self.variables)) { name, value in
      #expect(["x", "y"].contains(value), "only secrets are looked up")
      return row.known[name]
    }
    let marks = [
      ("+", difference.added), ("~", difference.changed), ("-", difference.removed),
      ("?", difference.unknown),
    ]
    let found = marks.flatMap { mark, names in names.map { mark + $0 } }.joined(separator: " ")
    #expect(found == row.difference)
    #expect(difference.isEmpty == row.difference.isEmpty)
    #expect(difference.outcome?.map(Self.text).joined(separator: " ") == row.outcome)
  }

  private static func variables(_ text: String) -> [EnvironmentVariable] {
    text.split(separator: " ").map { word in
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let isSecret = parts[0].hasSuffix("!")
      return EnvironmentVariable(
        name: String(isSecret ? parts[0].dropLast() : parts[0]),
        value: parts.count > 1 ? String(parts[1]) : nil,
        isSecret: isSecret ? true : nil)
    }
  }

  private static func text(_ variable: EnvironmentVariable) -> String {
    variable.name + (variable.isSecret == true ? "!" : "") + (variable.value.map { "=\($0)" } ?? "")
  }
}

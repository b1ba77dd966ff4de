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
    /// `NAME=value`, with a `!` behind the name of a secret, which has no value where that is not here; nil
    /// where actor.json says nothing.
    let declared: String?
    /// The same of the platform, which keeps the values of secrets; nil where it has not said.
    let current: String?
    /// What the last push from here declared; nil where nothing is remembered, and no value is known.
    var before: String?
    /// Variables of the command line.
    var own = ""
    var prunes = false
    /// `+added ~changed -removed ?unknown =kept *kept-secret !lacking #contested &restored ^undeclared`, in
    /// order.
    let difference: String
    /// What is set one at a time, as above, with a `+` before what is new.
    var set = ""
  }

  private static let rows: [Row] = [
    Row(testDescription: "nothing said", declared: nil, current: "A=1 B!", difference: ""),
    Row(testDescription: "nothing on both sides", declared: "", current: "", difference: ""),
    Row(testDescription: "the same", declared: "A=1 B=2", current: "B=2 A=1", difference: ""),
    Row(
      testDescription: "the platform has not said", declared: "A=1", current: nil, difference: "+A",
      set: "+A=1"),
    Row(
      testDescription: "the first ones", declared: "A=1 S!=x", current: "", difference: "+A +S",
      set: "+A=1 +S!=x"),
    Row(
      testDescription: "one more", declared: "A=1 B=2", current: "A=1", difference: "+B", set: "+B=2"),
    Row(testDescription: "another value", declared: "A=2", current: "A=1", difference: "~A #A", set: "A=2"),
    Row(testDescription: "an empty value", declared: "A=", current: "A=1", difference: "~A #A", set: "A="),
    Row(
      testDescription: "others stay", declared: "B=3", current: "C! A=1 B=2", difference: "~B =A =C #B",
      set: "B=3"),
    Row(testDescription: "others stay, nothing set", declared: "B=2", current: "A=1 B=2", difference: "=A"),
    Row(
      testDescription: "others stay where none is declared", declared: "", current: "A=1 B!",
      difference: "=A =B"),
    Row(
      testDescription: "what was declared before goes", declared: "B=2", current: "A=1 B=2 C=3",
      before: "A=1 B=2", difference: "-A =C"),
    Row(
      testDescription: "a secret that was declared before goes", declared: "", current: "S! T!",
      before: "S!=x", difference: "-S =T"),
    Row(
      testDescription: "nothing goes where actor.json says nothing any longer", declared: nil,
      current: "A=1 S!", before: "A=1 S!=x", difference: "^A ^S"),
    Row(
      testDescription: "what was declared before and is gone already", declared: "", current: "B=1",
      before: "A=1", difference: "=B"),
    Row(
      testDescription: "pruned", declared: "B=2", current: "A=1 B=2 S!", prunes: true, difference: "-A -S"),
    Row(
      testDescription: "nothing to prune", declared: "B=2", current: "B=2", prunes: true, difference: ""),
    Row(
      testDescription: "a secret never given from here", declared: "S!=x", current: "S!", difference: "?S",
      set: "S!=x"),
    Row(
      testDescription: "a secret given before", declared: "S!=x", current: "S!", before: "S!=x",
      difference: ""),
    Row(
      testDescription: "a secret with a new value", declared: "S!=y", current: "S!", before: "S!=x",
      difference: "~S", set: "S!=y"),
    Row(
      testDescription: "a secret that is gone there", declared: "S!=x", current: "", before: "S!=x",
      difference: "+S &S", set: "+S!=x"),
    Row(
      testDescription: "a secret that is not here stays", declared: "A=2 S!", current: "A=1 S!",
      difference: "~A *S #A", set: "A=2"),
    Row(
      testDescription: "a secret that is not here is not removed", declared: "S!", current: "S!",
      before: "S!=x", prunes: true, difference: "*S"),
    Row(
      testDescription: "a secret that is nowhere", declared: "A=1 S!", current: "A=1", difference: "!S"),
    Row(
      testDescription: "a known secret is not sent along", declared: "A=2 S!=x", current: "A=1 S!",
      before: "A=1 S!=x", difference: "~A", set: "A=2"),
    Row(
      testDescription: "it becomes a secret", declared: "S!=x", current: "S=x", before: "S=x",
      difference: "~S", set: "S!=x"),
    Row(
      testDescription: "it is no secret any longer", declared: "S=x", current: "S!", before: "S!=x",
      difference: "~S", set: "S=x"),
    Row(
      testDescription: "made a secret by others", declared: "A=1", current: "A!", before: "A=1",
      difference: "~A #A", set: "A=1"),
    Row(
      testDescription: "a secret, and nothing is known of it", declared: "A=1", current: "A!",
      difference: "~A #A", set: "A=1"),
    Row(
      testDescription: "made plain by others, with another value", declared: "S!=x", current: "S=y",
      before: "S!=x", difference: "~S #S", set: "S!=x"),
    Row(
      testDescription: "made plain by others", declared: "S!=x", current: "S=x", before: "S!=x",
      difference: "~S", set: "S!=x"),
    Row(
      testDescription: "made a secret by others, and not declared any longer", declared: "", current: "A!",
      before: "A=1", difference: "-A #A"),
    Row(
      testDescription: "changed by others alone", declared: "A=1", current: "A=2", before: "A=1",
      difference: "~A #A", set: "A=1"),
    Row(
      testDescription: "changed by others and here", declared: "A=3", current: "A=2", before: "A=1",
      difference: "~A #A", set: "A=3"),
    Row(
      testDescription: "changed by others to what it is here", declared: "A=2", current: "A=2", before: "A=1",
      difference: ""),
    Row(
      testDescription: "changed by others, and not declared any longer", declared: "", current: "A=2",
      before: "A=1", difference: "-A #A"),
    Row(
      testDescription: "changed here alone", declared: "A=2", current: "A=1", before: "A=1",
      difference: "~A", set: "A=2"),
    Row(
      testDescription: "of the command line, others stay", declared: nil, current: "A=1 B=1", own: "B=2",
      difference: "~B =A #B", set: "B=2"),
    Row(
      testDescription: "of the command line it is not removed by the next push", declared: "A=1",
      current: "A=1 B=2", before: "A=1", difference: "=B"),
    Row(
      testDescription: "all at once", declared: "A=1 B=2 S!=x T!=y U!", current: "B=1 C=3 D=4 S! T! U!",
      before: "B=1 C=3 T!=z", difference: "+A ~B ~T -C ?S =D *U", set: "+A=1 B=2 S!=x T!=y"),
    Row(
      testDescription: "removed by others", declared: "A=1 B=2 C=3", current: "B=2", before: "A=1 B=2",
      difference: "+A +C &A", set: "+A=1 +C=3"),
    Row(
      testDescription: "all removed by others", declared: "A=1 S!=x", current: "", before: "A=1 S!=x",
      difference: "+A +S &A &S", set: "+A=1 +S!=x"),
    Row(
      testDescription: "names differ in case", declared: "a=1", current: "A=1", difference: "+a =A",
      set: "+a=1"),
  ]

  @Test("is", arguments: rows)
  func table(_ row: Row) {
    var remembered: RememberedVariables?
    if let before = row.before {
      remembered = RememberedVariables()
      remembered?.note(Self.declared(before))
    }
    var declared = row.declared.map { Self.declared($0) } ?? DeclaredVariables()
    if !row.own.isEmpty {
      declared.values = (declared.values ?? []) + (Self.declared(row.own).values ?? [])
    }
    declared.prunes = row.prunes
    let difference = VariableDifference(
      declared, current: row.current.map { [EnvironmentVariable](words: $0) }, remembered: remembered)
    #expect(Self.marks(difference) == row.difference)
    #expect(difference.isEmpty == !row.difference.contains { "+~-?".contains($0) })
    let set = difference.settings.map { ($0.isNew ? "+" : "") + Self.text($0.variable) }
    #expect(set.joined(separator: " ") == row.set)
    // A secret without its value is never sent.
    #expect(difference.settings.allSatisfy { $0.variable.value != nil })
  }

  /// What another machine has left: the declared variables, those of the platform now and those declared
  /// here; what that gives where its commit is known here, and where it is not.
  static let left: [(before: String, current: String, declared: String, ours: String, theirs: String)] = [
    ("A=1", "A=1", "A=1", "", ""), ("A=1", "A=1", "A=2", "~A", "~A #A"),
    ("A=1", "A=2", "A=3", "~A #A", "~A #A"),
    ("A=1 B=1", "A=1 B=1", "A=1", "-B", "=B"), ("S!=x", "S!", "S!=x", "", ""),
    ("S!=x", "S!", "S!=y", "?S", "?S"),
    ("S!=x T!=y", "S! T!", "S!=x T!=y", "", ""), ("S!=x T!=y", "S! T!", "S!=x T!=z", "?S ?T", "?S ?T"),
    ("S!=x", "S!", "S=y", "~S", "~S #S"), ("A=1", "A!", "A=2", "~A #A", "~A #A"),
    ("S!=x T!=y", "S! T!", "S!=x", "-T ?S", "?S =T"), ("A=1", "A=1 B=2", "A=1 B=3", "~B #B", "~B #B"),
  ]

  @Test("counts from what another machine has left, as far as its commit is known here", arguments: left)
  func leftBehind(
    _ row: (before: String, current: String, declared: String, ours: String, theirs: String)
  ) throws {
    let record = try VariableRecord(Self.declared(row.before), lastBuild: nil, commit: nil)
    let read = try #require(VariableRecord(try record.contents()))
    #expect(read == record)
    let declared = Self.declared(row.declared)
    for (isOurs, expected) in [(true, row.ours), (false, row.theirs)] {
      let difference = VariableDifference(
        declared, current: [EnvironmentVariable](words: row.current),
        remembered: read.remembered(for: declared, isOurs: isOurs))
      #expect(Self.marks(difference) == expected, "\(isOurs)")
    }
  }

  /// What was given from here and remembered, beside what the last push, from here or elsewhere, has left;
  /// what that gives for what is declared. Of the platform: a secret is one, and no more.
  static let standing: [(given: String, left: String?, isKnown: Bool, declared: String, marks: String)] = [
    ("S!=x", "S!=x", true, "S!=x", ""), ("S!=x", "S!=x", true, "S!=y", "~S"),
    ("S!=x T!=y", "S!=x", true, "S!=x T!=y", "?T"), ("S!=x", "A=1", true, "S!=x", "?S"),
    // A secret was set since, by hand, or by a push; or the same was given.
    ("S!=x", nil, false, "S!=x", "?S"), ("S!=x A=1", nil, false, "S!=x A=1", "?S"),
    ("S!=x", "S!=y", false, "S!=x", "?S"), ("S!=x", "A=1", false, "S!=x", "?S"),
    ("S!=x", "S!=x T!=y", false, "S!=x", "?S"), ("S!=x T!=y", "S!=x T!=z", false, "S!=x T!=y", "?S ?T"),
    ("S!=x", "S!=x", false, "S!=x", ""), ("S!=x", "S!=y", false, "S!=y", ""),
    ("S!=x T!=y", "S!=x", false, "S!=x T!=y", "?T"), ("", "S!=x", false, "S!=x", ""),
    ("A=1", nil, false, "A=2", "~A"), ("S=x", nil, false, "S!=x", "~S"),
  ]

  @Test("takes a secret for given only by the record that stands", arguments: standing)
  func standingRecord(
    _ row: (given: String, left: String?, isKnown: Bool, declared: String, marks: String)
  ) throws {
    var memory = RememberedVariables()
    memory.note(Self.declared(row.given))
    let declared = Self.declared(row.declared)
    let record = try row.left.map { try VariableRecord(Self.declared($0), lastBuild: nil, commit: nil) }
    let current = (row.given.isEmpty ? row.declared : row.given).split(separator: " ").map { word in
      word.contains("!") ? word.prefix { $0 != "=" } : word
    }.joined(separator: " ")
    let variables = [EnvironmentVariable](words: current)
    let held = Set(variables.filter { $0.isSecret == true }.map(\.name))
    memory = memory.confirmed(
      by: record, declared, held: held, known: row.isKnown ? record?.salt : "another")
    let difference = VariableDifference(declared, current: variables, remembered: memory)
    #expect(Self.marks(difference) == row.marks)
  }

  @Test("is left to others with those secrets alone that the version certainly has")
  func vouched() throws {
    let declared = Self.declared("A=1 S!=x T!=y")
    for (known, names) in [(nil, ["S", "T"]), ([], []), (["S"], ["S"]), (["S", "T", "A"], ["S", "T"])]
      as [(Set<String>?, Set<String>)]
    {
      let record = try VariableRecord(declared, known: known, lastBuild: nil, commit: nil)
      #expect(record.secretNames == names)
      let told = record.remembered(for: declared, isOurs: true)
      #expect(Set(["S", "T"].filter { told.given[$0] != nil }) == names && told.wasGiven("A", "1") == true)
    }
  }

  @Test("takes a value whose answer was lost for given from here, before and after")
  func lostAnswer() {
    var remembered = RememberedVariables()
    remembered.note(Self.declared("A=1"))
    remembered.noteAttempt(Self.declared("A=2").values ?? [])
    for (current, isContested) in [("A=1", false), ("A=2", false), ("A=4", true)] {
      let difference = VariableDifference(
        Self.declared("A=3"), current: [EnvironmentVariable](words: current), remembered: remembered)
      #expect(difference.changed == ["A"] && !difference.contested.isEmpty == isContested)
    }
  }

  /// What an earlier push has given, and what is sent then without an answer; what the platform has after
  /// that, and whether that is taken for the work of others by a push of `S=z`.
  static let unanswered: [(before: String, sent: String, current: String, isContested: Bool)] = [
    ("S=x", "S!=y", "S=x", false), ("S=x", "S!=y", "S!", false), ("S=x", "S!=y", "S=w", true),
    ("S!=x", "S=y", "S!", false), ("S!=x", "S=y", "S=y", false), ("", "S!=y", "S!", false),
    ("", "S=y", "S!", true),
  ]

  @Test("takes a secrecy whose answer was lost for given from here, before and after", arguments: unanswered)
  func lostSecrecy(_ row: (before: String, sent: String, current: String, isContested: Bool)) {
    var remembered = RememberedVariables()
    remembered.note(Self.declared(row.before))
    remembered.noteAttempt(Self.declared(row.sent).values ?? [])
    let difference = VariableDifference(
      Self.declared("S=z"), current: [EnvironmentVariable](words: row.current), remembered: remembered)
    #expect(difference.changed == ["S"] && !difference.contested.isEmpty == row.isContested)
  }

  private static func marks(_ difference: VariableDifference) -> String {
    let marks = [
      ("+", difference.added), ("~", difference.changed), ("-", difference.removed),
      ("?", difference.unknown), ("=", difference.kept), ("*", difference.keptSecrets),
      ("!", difference.lacking.map(\.name)), ("#", difference.contested),
      ("&", difference.restored), ("^", difference.undeclared),
    ]
    return marks.flatMap { mark, names in names.map { mark + $0 } }.joined(separator: " ")
  }

  private static func declared(_ text: String) -> DeclaredVariables {
    var declared = DeclaredVariables()
    let all = [EnvironmentVariable](words: text)
    declared.declaredNames = Set(all.map(\.name))
    declared.values = all.compactMap { variable in
      variable.value.flatMap { .init(name: variable.name, value: $0, isSecret: variable.isSecret == true) }
    }
    declared.missing = all.filter { $0.value == nil }.map { .init(name: $0.name, secret: $0.name) }
    return declared
  }

  private static func text(_ variable: EnvironmentVariable) -> String {
    variable.name + (variable.isSecret == true ? "!" : "") + (variable.value.map { "=\($0)" } ?? "")
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import PlatformModel

/// Judges values by schemas of JSON Schema 2020-12, as much of it as the schemas here use. A keyword that it
/// does not know is a problem, so that no rule passes for obeyed because it is not understood.
struct JSONSchemas: Sendable {
  /// What a schema says of a value.
  private struct Verdict {
    var problems: [String] = []
    /// The members of an object that a schema has spoken about.
    var evaluated: Set<String> = []

    mutating func add(_ other: Verdict) {
      problems += other.problems
      evaluated.formUnion(other.evaluated)
    }
  }

  private static let annotations: Set<String> = ["$id", "$schema", "$defs", "description", "title"]

  /// The schemas, by their `$id`.
  private let documents: [String: JSONValue]

  init(_ documents: [JSONValue]) {
    self.documents = Dictionary(
      documents.compactMap { document in document["$id"]?.string.map { ($0, document) } }
    ) { $1 }
  }

  var ids: Set<String> { Set(documents.keys) }

  /// What is wrong with `value` by the schema `id`; empty where nothing is.
  func problems(of value: JSONValue, by id: String) -> [String] {
    guard let document = documents[id] else { return ["there is no schema \(id)"] }
    return judge(value, by: document, in: id, at: "$").problems
  }

  private func judge(
    _ value: JSONValue, by schema: JSONValue, in base: String, at place: String
  ) -> Verdict {
    guard case .object(let rules) = schema else {
      return Verdict(problems: schema == .bool(true) ? [] : ["\(place): is not allowed"])
    }
    var verdict = Verdict()
    func part(_ rule: JSONValue, _ value: JSONValue = value, at place: String = place) -> Verdict {
      judge(value, by: rule, in: base, at: place)
    }
    for (name, rule) in rules where name != "unevaluatedProperties" && name != "additionalProperties" {
      switch name {
      case "$ref":
        guard let text = rule.string, let (document, target) = resolve(text, in: base) else {
          verdict.problems.append("\(place): \(rule.text) leads to no schema")
          continue
        }
        verdict.add(judge(value, by: target, in: document, at: place))
      case "allOf": for rule in rule.array ?? [] { verdict.add(part(rule)) }
      case "if":
        let condition = part(rule)
        let holds = condition.problems.isEmpty
        if holds { verdict.evaluated.formUnion(condition.evaluated) }
        if let consequence = rules[holds ? "then" : "else"] { verdict.add(part(consequence)) }
      case "then", "else": break
      case "not":
        if part(rule).problems.isEmpty { verdict.problems.append("\(place): is what \(rule.text) forbids") }
      case "properties":
        guard case .object(let members) = value, case .object(let rules) = rule else { continue }
        for (name, rule) in rules {
          guard let member = members[name] else { continue }
          verdict.evaluated.insert(name)
          verdict.problems += part(rule, member, at: "\(place).\(name)").problems
        }
      case "items":
        for (index, value) in (value.array ?? []).enumerated() {
          verdict.problems += part(rule, value, at: "\(place)[\(index)]").problems
        }
      default: verdict.problems += Self.assertion(name, rule, value).map { "\(place): \($0)" }
      }
    }
    // Those that only the keywords beside it speak about, and those that anything does.
    var own: Set<String> = []
    if case .object(let members)? = rules["properties"] { own = Set(members.keys) }
    for (name, known) in [("additionalProperties", own), ("unevaluatedProperties", verdict.evaluated)] {
      guard let rule = rules[name], case .object(let members) = value else { continue }
      for (member, value) in members where !known.contains(member) {
        verdict.evaluated.insert(member)
        verdict.problems += part(rule, value, at: "\(place).\(member)").problems
      }
    }
    return verdict
  }

  /// What the keyword `name` has against `value` alone.
  private static func assertion(_ name: String, _ rule: JSONValue, _ value: JSONValue) -> [String] {
    switch (name, rule, value) {
    case ("type", .string(let type), _):
      return isOf(type, value) ? [] : ["is no \(type): \(value.text)"]
    case ("const", _, _): return value == rule ? [] : ["is not \(rule.text): \(value.text)"]
    case ("enum", .array(let values), _):
      return values.contains(value) ? [] : ["is none of \(rule.text): \(value.text)"]
    case ("required", .array(let names), .object(let members)):
      return names.compactMap(\.string).filter { members[$0] == nil }.map { "has no \($0)" }
    case ("minimum", .integer(let least), .integer(let number)):
      return number >= least ? [] : ["is less than \(least): \(number)"]
    case ("pattern", .string(let pattern), .string(let text)):
      guard let expression = try? Regex(pattern) else { return ["\(pattern) is no pattern"] }
      return text.contains(expression) ? [] : ["does not match \(pattern): \(text)"]
    case ("required", .array, _), ("minimum", .integer, _), ("pattern", .string, _): return []
    default: return annotations.contains(name) ? [] : ["the keyword \(name) is not known here"]
    }
  }

  private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
    switch (type, value) {
    case ("null", .null), ("boolean", .bool), ("integer", .integer), ("number", .integer),
      ("number", .number),
      ("string", .string), ("array", .array), ("object", .object):
      true
    default: false
    }
  }

  /// The schema that `reference` means in the document `base`, and its document.
  private func resolve(_ reference: String, in base: String) -> (document: String, schema: JSONValue)? {
    let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(
      String.init)
    let document = parts[0].isEmpty ? base : parts[0]
    guard var schema = documents[document] else { return nil }
    for name in parts.count > 1 ? parts[1].split(separator: "/") : [] {
      guard let next = schema[String(name)] else { return nil }
      schema = next
    }
    return (document, schema)
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import PlatformModel
import TestSupport
import Testing

/// `--json` prints what JSON.md says. `Program` validates each run of all tests; here are those of all
/// commands.
@Suite("JSON")
struct JSONTests {
  /// The commands that have `--json`, as the program itself says.
  private static func commands() async throws -> Set<String> {
    let help = try await shell(Program.location(), ["--experimental-dump-help"])
    var found: Set<String> = []
    func collect(_ command: JSONValue, _ path: [String]) {
      let names = command["arguments"]?.array?.flatMap { $0["names"]?.array ?? [] } ?? []
      if names.contains(where: { $0["name"]?.string == "json" }) { found.insert(path.joined(separator: " ")) }
      for sub in command["subcommands"]?.array ?? [] {
        collect(sub, path + [sub["commandName"]?.string ?? ""])
      }
    }
    collect(try #require(try JSONValue(help.bytes)["command"]), [])
    return found
  }

  @Test("is documented, of each command that has it, and of no other")
  func schemas() async throws {
    let commands = try await Self.commands()
    #expect(commands.count > 15)
    let ids = Set(commands.map { DocumentedJSON.id($0) } + [DocumentedJSON.id(nil), "urn:actorpush:1:defs"])
    #expect(try DocumentedJSON.page.get().schemas.ids == ids)
  }

  @Test("is what the schemas allow, where a command succeeds and where it fails; the examples are such runs")
  func everyCommand() async throws {
    let runs = try await JSONScenario.runs()
    var endings: [String: Set<JSONValue.Truth>] = [:]
    for run in runs {
      guard let operation = run.json["operation"]?.string else { continue }
      endings[operation, default: []].insert(run.json["ok"] == .bool(true) ? .yes : .no)
    }
    for command in try await Self.commands() {
      #expect(endings[command] == [.yes, .no], "\(command)")
    }
    if let directory = ProcessInfo.processInfo.environment["ACTORPUSH_JSON_EXAMPLES"] {
      try runs.map { "\($0.command)\t\($0.json.text)\n" }.joined()
        .write(toFile: directory + "/examples", atomically: true, encoding: .utf8)
    }
    let examples = try DocumentedJSON.page.get().examples
    #expect(examples.count >= 20)
    for example in examples {
      let shapes = runs.filter { $0.command == example.command }.map { $0.json.shape }
      #expect(shapes.contains(example.json.shape), "\(example.command): \(example.json.shape)")
      let operation = example.json["operation"]?.string
      let schemas = try DocumentedJSON.page.get().schemas
      #expect(schemas.problems(of: example.json, by: DocumentedJSON.id(operation)).isEmpty)
    }
  }

  /// Reads the schemas, and then values; says of each whether it is valid.
  private static let oracle = """
    import json, sys
    from jsonschema import Draft202012Validator
    try:
        from referencing import Registry, Resource
        def validator(schema, schemas):
            resources = [(known["$id"], Resource.from_contents(known)) for known in schemas.values()]
            return Draft202012Validator(schema, registry=Registry().with_resources(resources))
    except ImportError:
        from jsonschema import RefResolver
        def validator(schema, schemas):
            return Draft202012Validator(schema, resolver=RefResolver.from_schema(schema, store=schemas))
    questions = json.load(sys.stdin)
    schemas = {schema["$id"]: schema for schema in questions["schemas"]}
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    validators = {name: validator(schema, schemas) for name, schema in schemas.items()}
    for name, value in questions["values"]:
        print("valid" if validators[name].is_valid(value) else "invalid")
    """

  @Test("is judged here as Python's jsonschema judges it: the examples, and what is almost one")
  func validator() async throws {
    let page = try DocumentedJSON.page.get()
    var values: [(id: String, value: JSONValue)] = []
    for example in page.examples {
      let id = DocumentedJSON.id(example.json["operation"]?.string)
      values += ([example.json] + example.json.neighbours).map { (id, $0) }
    }
    #expect(values.count > 500)
    let questions = JSONValue.object([
      "schemas": .array(try page.schemaTexts.map { try JSONValue(Array($0.utf8)) }),
      "values": .array(values.map { .array([.string($0.id), $0.value]) }),
    ])
    let answer = try await shell("python3", ["-c", Self.oracle], input: Array(questions.text.utf8))
    #expect(answer.status == 0, "\(answer.talk)")
    let verdicts = answer.text.split(separator: "\n")
    try #require(verdicts.count == values.count)
    var counts = ["valid": 0, "invalid": 0]
    for (verdict, (id, value)) in zip(verdicts, values) {
      let problems = page.schemas.problems(of: value, by: id)
      #expect((verdict == "valid") == problems.isEmpty, "\(id): \(value.text): \(problems)")
      counts[String(verdict), default: 0] += 1
    }
    // A member that is not documented, and another type, are never allowed.
    #expect(counts["valid", default: 0] >= page.examples.count && counts["invalid", default: 0] > 400)
  }

  @Test("has no member that a schema does not name, and no other type")
  func additional() throws {
    let page = try DocumentedJSON.page.get()
    for example in page.examples {
      let id = DocumentedJSON.id(example.json["operation"]?.string)
      for changed in example.json.foreignMembers + example.json.otherTypes {
        #expect(!page.schemas.problems(of: changed, by: id).isEmpty, "\(id): \(changed.text)")
      }
    }
  }
}

extension JSONValue {
  enum Truth { case yes, no }

  /// Which members there are, and of which type.
  var shape: Set<String> {
    switch self {
    case .object(let members):
      members.reduce(into: ["object"]) { shape, member in
        for part in member.value.shape { shape.insert("\(member.key).\(part)") }
      }
    case .array(let values):
      values.reduce(into: ["array"]) { shape, value in for part in value.shape { shape.insert("[]\(part)") } }
    case .string: ["string"]
    case .bool: ["bool"]
    case .integer, .number: ["number"]
    case .null: ["null"]
    }
  }

  /// The same with each value, one at a time, exchanged for what `change` makes of it.
  private func each(_ change: (JSONValue) -> [JSONValue]) -> [JSONValue] {
    var found = change(self)
    switch self {
    case .object(let members):
      for (name, value) in members {
        found += value.each(change).map { .object(members.merging([name: $0]) { $1 }) }
      }
    case .array(let values):
      for index in values.indices.prefix(2) {
        found += values[index].each(change).map {
          var changed = values
          changed[index] = $0
          return .array(changed)
        }
      }
    default: break
    }
    return found
  }

  /// With one member more, in each of its objects.
  var foreignMembers: [JSONValue] {
    each { value in
      if case .object(let members) = value {
        [.object(members.merging(["foreign": .integer(1)]) { $1 })]
      } else {
        []
      }
    }
  }

  /// With a value of another type in place of each of its values.
  var otherTypes: [JSONValue] { each { value in if case .null = value { [] } else { [.null] } } }

  /// Without one of its members; with other values.
  private var lesser: [JSONValue] {
    each { value in
      switch value {
      case .object(let members):
        members.keys.map { name in .object(members.filter { $0.key != name }) }
      case .bool(let value): [.bool(!value), .integer(1)]
      case .integer: [.integer(-1), .number(0.5), .string("1")]
      case .string: [.string("?"), .string("")]
      case .array(let values): [.array([]), .array(values + [.integer(1)])]
      default: []
      }
    }
  }

  var neighbours: [JSONValue] { foreignMembers + otherTypes + lesser }
}

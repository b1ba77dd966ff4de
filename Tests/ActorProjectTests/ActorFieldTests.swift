// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Testing

@testable import ActorProject

@Suite("The fields of actor.json")
struct ActorFieldTests {
  /// What a value of JSON may be, beside null, which stands for no value.
  private static let kinds = ["true", "7", #""text""#, "[]", "{}"]

  /// The kinds of value that each field takes, of those above. Written by hand from the documentation: a new
  /// field of the table needs a row.
  private static let taken: [String: Set<String>] = [
    "actorSpecification": ["7"], "name": [#""text""#], "version": [], "buildTag": [#""text""#],
    "environmentVariables": ["{}"], "title": [#""text""#], "description": [#""text""#],
    "meta": ["{}", "true", "7", #""text""#, "[]"], "usesStandbyMode": ["true"],
    "dockerContextDir": [#""text""#], "dockerfile": [#""text""#], "readme": [#""text""#],
    "changelog": [#""text""#], "input": [#""text""#, "{}"], "inputSchema": [#""text""#, "{}"],
    "output": [#""text""#, "{}"], "outputSchema": [#""text""#, "{}"], "webServerSchema": [#""text""#, "{}"],
    "webServerMcpPath": [#""text""#], "storages": ["{}"], "defaultMemoryMbytes": [#""text""#, "7"],
    "minMemoryMbytes": ["7"], "maxMemoryMbytes": ["7"],
    "storages.dataset": [#""text""#, "{}"], "storages.datasets": ["{}"],
    "storages.datasets.one": [#""text""#, "{}"],
    "storages.keyValueStore": [#""text""#, "{}"], "storages.keyValueStores": ["{}"],
    "storages.keyValueStores.one": [#""text""#, "{}"],
    "storages.requestQueue": [#""text""#, "{}"], "storages.requestQueues": ["{}"],
    "storages.requestQueues.one": [#""text""#, "{}"],
    "environmentVariables.A": [#""text""#],
  ]

  /// What is found in the one field at `keys`, written on the third line.
  private static func faults(_ keys: [String], _ value: String) throws -> [ActorField.Fault] {
    let text = keys.reversed().reduce("\n\n\(value)") { "{\"\($1)\": \($0)}" }
    let json = try JSONFile(Array(text.utf8), name: "actor.json", code: .invalidConfiguration)
    let faults = ActorField.faults(in: json, file: "actor.json")
    for fault in faults {
      #expect(fault.keys == keys && json.position(keys)?.line == 3)
      #expect(fault.cause.hasPrefix("\"\(keys.joined(separator: "."))\""), "\(fault.cause)")
    }
    // It stops what reads the field, a push among that.
    let configuration = ActorConfiguration(json, file: "actor.json")
    let thrown = configuration.fault
    #expect(configuration.fault(in: keys[0]) == thrown && configuration.fault(in: "other") == nil)
    #expect(thrown?.cause == faults.first { $0.kind == .invalid }?.cause)
    #expect(thrown == nil || thrown?.position?.line == 3 && thrown?.file == "actor.json")
    return faults
  }

  @Test("take values of the documented types, and no others", arguments: Array(taken.keys.sorted()))
  func types(_ field: String) throws {
    let keys = field.split(separator: "." as Character).map(String.init)
    for kind in Self.kinds {
      let faults = try Self.faults(keys, kind)
      let isValid = !faults.contains { $0.kind == .invalid }
      #expect(isValid == Self.taken[field]?.contains(kind), "\(field): \(kind): \(faults)")
    }
    // The values of variables are strings; else null is no value.
    #expect(try Self.faults(keys, "null").isEmpty == (field != "environmentVariables.A"))
  }

  @Test("each have a row above")
  func rows() {
    let names = ActorField.all.map(\.name) + ActorField.storages.map { "storages.\($0.name)" }
    #expect(Set(names).count == names.count)
    #expect(Set(names) == Set(Self.taken.keys.filter { !$0.hasSuffix(".one") && !$0.hasSuffix(".A") }))
  }

  /// A field, its value, of which kind the fault is, and what it says.
  private static let values: [(String, String, ActorField.Fault.Kind?, String)] = [
    ("actorSpecification", "1", nil, ""), ("actorSpecification", "1.0", nil, ""),
    ("actorSpecification", "2", .doubtful, "must be 1, not 2"),
    ("actorSpecification", #""1""#, .doubtful, #"must be a number, not "1""#),
    ("name", #""anna/my-actor""#, nil, ""), ("name", #""~my-actor""#, nil, ""),
    ("name", #""x""#, .invalid, "must be 3 to 63 characters of a-z, 0-9 and -, not \"x\""),
    ("name", #""a/b/my-actor""#, .invalid, "must be NAME, USER/NAME or ~NAME, not \"a/b/my-actor\""),
    ("name", #""/my-actor""#, .invalid, "must be NAME, USER/NAME or ~NAME"),
    ("version", #""0.0""#, nil, ""), ("version", "0.1", .invalid, "must be a string, not a number"),
    ("version", #""1.2.3""#, .invalid, "must be MAJOR.MINOR, each 0 to 99, such as 0.1, not \"1.2.3\""),
    ("buildTag", #""my tag""#, .invalid, "must be one or more characters of a-z, A-Z, 0-9, ., _ and -, not"),
    ("buildTag", #""""#, .invalid, "must be one or more characters"),
    ("buildTag", "\"\(String(repeating: "x", count: 63))\"", nil, ""),
    ("buildTag", "\"\(String(repeating: "x", count: 64))\"", .doubtful, "is longer than 63 characters"),
    ("environmentVariables.A", #""a\u0000""#, .doubtful, "has a NUL"),
    ("environmentVariables.A", "1", .invalid, "must be a string, not a number"),
    ("environmentVariables.A=B", #""""#, .invalid, "the name must be 1 to 100 characters without = and NUL"),
    ("environmentVariables", "[]", .invalid, "must be an object of strings, not an array"),
    ("dockerfile", "5", .invalid, "must be a path (a string), not a number"),
    ("dockerfile", #""""#, .doubtful, "is empty, and names no file"),
    ("input", #""a\u0000b""#, .invalid, "must be a path without NUL"),
    ("input", "[]", .invalid, "must be a path (a string) or an object, not an array"),
    ("meta", "5", .doubtful, "should be an object, not a number"),
    ("minMemoryMbytes", #""256""#, .doubtful, #"must be a number, not "256""#),
    ("minMemoryMbytes", "128", nil, ""), ("minMemoryMbytes", "127", .memory, "from 128 to 32768, not 127"),
    ("maxMemoryMbytes", "32768", nil, ""), ("maxMemoryMbytes", "32769", .memory, "not 32769"),
    ("minMemoryMbytes", "512.5", .memory, "must be a whole number from 128 to 32768, not 512.5"),
    ("maxMemoryMbytes", "1e300", .memory, "not 1e+300"),
    ("defaultMemoryMbytes", #""get(input, 'a', 1) * 1024""#, nil, ""),
    ("defaultMemoryMbytes", "true", .invalid, "must be a number or an expression (a string), not a boolean"),
    ("storages.datasets.a", "5", .invalid, "must be a path (a string) or an object, not a number"),
    ("storages.other", "5", nil, ""), ("other", "5", nil, ""), ("$schema", "5", nil, ""),
  ]

  @Test("take the values that the platform takes, and say what they found", arguments: values.indices)
  func value(_ index: Int) throws {
    let (field, value, kind, says) = Self.values[index]
    let faults = try Self.faults(field.split(separator: "." as Character).map(String.init), value)
    #expect(faults.map(\.kind) == (kind.map { [$0] } ?? []), "\(field): \(value): \(faults)")
    #expect(says.isEmpty || faults.first?.cause.contains(says) == true, "\(faults)")
  }

  @Test("are told all, in the order of the file")
  func order() throws {
    let text =
      #"{"readme": 1, "storages": {"dataset": 2}, "name": 3, "environmentVariables": {"": "", "A": 4}}"#
    let json = try JSONFile(Array(text.utf8), name: "a", code: .invalidConfiguration)
    #expect(
      ActorField.faults(in: json, file: "actor.json").map { $0.keys.joined(separator: ".") }
        == ["readme", "storages.dataset", "name", "environmentVariables.", "environmentVariables.A"])
  }

  @Test("of the legacy form are those that a push reads")
  func legacy() throws {
    let text = #"{"readme": 1, "input": 2, "actorSpecification": "1", "template": 3, "buildTag": 4}"#
    let json = try JSONFile(Array(text.utf8), name: "a", code: .invalidConfiguration)
    #expect(ActorField.faults(in: json, file: "apify.json").map(\.keys) == [["buildTag"]])
  }
}

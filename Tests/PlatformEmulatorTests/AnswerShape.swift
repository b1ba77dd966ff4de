// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import PlatformModel

/// The shapes of answers, as a description in the form of OpenAPI has them: enough of JSON Schema for that.
struct AnswerShape {
  /// The whole description.
  let description: JSONValue

  /// The schema of the answer to a request; nil where the description has none.
  func answer(_ method: String, _ path: String) -> JSONValue? {
    guard case .object(let responses) = description["paths"][path][method]["responses"] else { return nil }
    let good = responses.filter { $0.key.hasPrefix("2") }.sorted { $0.key < $1.key }.map(\.value)
    return good.lazy.map { resolve($0)["content"]["application/json"]["schema"] }.first { $0 != .null }
  }

  /// What of `value` is not as `schema` has it, each with its path.
  func faults(_ value: JSONValue, _ schema: JSONValue, at path: String = "") -> [String] {
    let schema = resolve(schema)
    var faults = schema["allOf"].elements.flatMap { self.faults(value, $0, at: path) }
    for choice in ["anyOf", "oneOf"] {
      let options = schema[choice].elements.map { self.faults(value, $0, at: path) }
      if !options.isEmpty, !options.contains(where: \.isEmpty) {
        faults += options.min { $0.count < $1.count } ?? []
      }
    }
    let types = schema["type"].string.map { [$0] } ?? schema["type"].elements.compactMap(\.string)
    if !types.isEmpty, !types.contains(where: { value.is($0) }) {
      return faults + ["\(path): \(value) is not \(types.joined(separator: " or "))"]
    }
    let values = schema["enum"].elements
    if !values.isEmpty, value != .null, !values.contains(value) {
      faults.append("\(path): \(value) is not one of the values")
    }
    if schema["format"].string == "date-time", let text = value.string, !Self.isTime(text) {
      faults.append("\(path): \(text) is no time")
    }
    for (index, element) in value.elements.enumerated() where schema["items"] != .null {
      faults += self.faults(element, schema["items"], at: "\(path)[\(index)]")
    }
    guard case .object(let members) = value else { return faults }
    for name in schema["required"].elements.compactMap(\.string) where members[name] == nil {
      faults.append("\(path).\(name) is missing")
    }
    for (name, member) in members {
      let shape =
        schema["properties"].names.contains(name)
        ? schema["properties"][name] : schema["additionalProperties"]
      if case .object = shape { faults += self.faults(member, shape, at: "\(path).\(name)") }
    }
    return faults
  }

  /// The paths of what `schema` requires, also in the items of lists.
  func required(_ schema: JSONValue, at path: String = "", depth: Int = 8) -> [String] {
    let schema = resolve(schema)
    if depth == 0 { return [] }
    let own = schema["required"].elements.compactMap(\.string).flatMap { name in
      let inner = required(schema["properties"][name], at: "\(path)\(name).", depth: depth - 1)
      return inner.isEmpty ? ["\(path)\(name)"] : inner
    }
    let items = schema["items"] == .null ? [] : required(schema["items"], at: path, depth: depth - 1)
    return own + items + schema["allOf"].elements.flatMap { required($0, at: path, depth: depth) }
  }

  private func resolve(_ schema: JSONValue) -> JSONValue {
    var schema = schema
    while let reference = schema["$ref"].string {
      schema = reference.split(separator: "/").dropFirst().reduce(description) { $0[String($1)] }
    }
    return schema
  }

  private static func isTime(_ text: String) -> Bool {
    text.utf8.count == 24 && text.hasSuffix("Z") && text.dropFirst(10).first == "T"
  }
}

extension JSONValue {
  /// Whether it is of a type of JSON Schema.
  func `is`(_ type: String) -> Bool {
    switch (self, type) {
    case (.null, "null"), (.bool, "boolean"), (.integer, "integer"), (.integer, "number"),
      (.number, "number"), (.string, "string"), (.array, "array"), (.object, "object"):
      true
    default: false
    }
  }

  /// Whether there is something at `path`, whose parts are separated by dots; in a list, in each element.
  func has(_ path: Substring) -> Bool {
    if case .array(let elements) = self { return elements.allSatisfy { $0.has(path) } }
    let parts = path.split(separator: ".", maxSplits: 1)
    guard let name = parts.first else { return true }
    return names.contains(String(name)) && (parts.count == 1 || self[String(name)].has(parts[1]))
  }
}

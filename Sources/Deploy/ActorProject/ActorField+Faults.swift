// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension ActorField {
  /// A value that is not what it must be.
  package struct Fault: Sendable, Equatable {
    package enum Kind: Sendable {
      /// No push takes it.
      case invalid
      /// The platform may refuse it, or not heed it.
      case doubtful
      /// An amount of memory that the platform does not give.
      case memory
    }

    package let kind: Kind
    /// Where the value is: `["storages", "dataset"]`.
    package let keys: [String]
    /// What is there, and what is expected.
    package let cause: String
  }

  /// What is wrong in `json`, the contents of `file`, in the order of the file.
  package static func faults(in json: JSONFile, file: String) -> [Fault] {
    let faults = fields(of: file).flatMap { field in
      json.members[field.name].map { field.faults(of: $0, at: [field.name]) } ?? []
    }
    return faults.sorted { json.offset($0.keys) < json.offset($1.keys) }
  }

  private func faults(of value: JSONFile.Value, at keys: [String]) -> [Fault] {
    // Which of these comes to the same as no such field.
    if value == .null { return [] }
    func fault(_ kind: Fault.Kind, _ reason: String) -> [Fault] {
      [Fault(kind: kind, keys: keys, cause: Self.subject(keys) + " " + reason)]
    }
    switch (form, value) {
    case (.specification, .number(1)), (.boolean, .bool), (.foreign, .object), (.schema, .object): return []
    case (.specification, .number(let number)):
      return fault(.doubtful, "must be 1, not \(Self.shown(number))")
    case (.string(let check), .string(let text)):
      do throws(InvalidValue) { try check?(text) } catch {
        return fault(.invalid, "\(error), not \(JSONFile.shown(text))")
      }
      guard name == "buildTag", text.utf8.count > BuildTag.usualLength else { return [] }
      return fault(.doubtful, "is longer than \(BuildTag.usualLength) characters; the platform may refuse it")
    case (.memory, .number(let number)):
      if Self.memory(number) != nil { return [] }
      let (least, most) = (Self.memoryRange.lowerBound, Self.memoryRange.upperBound)
      return fault(.memory, "must be a whole number from \(least) to \(most), not \(Self.shown(number))")
    case (.memory(orExpression: true), .string): return []
    // The platform may read a number in them.
    case (.memory, .string(let text)) where Int(text) != nil,
      (.specification, .string(let text)) where Int(text) != nil:
      return fault(.doubtful, "must be a number, not \(JSONFile.shown(text))")
    case (.file, .string(let path)), (.directory, .string(let path)), (.schema, .string(let path)):
      if path.utf8.contains(0) { return fault(.invalid, "must be a path without NUL") }
      return path.isEmpty ? fault(.doubtful, "is empty, and names no file") : []
    case (.object(let fields), .object(let members)):
      return fields.flatMap { field in
        members[field.name].map { field.faults(of: $0, at: keys + [field.name]) } ?? []
      }
    case (.schemas, .object(let members)):
      return members.flatMap { ActorField($0.key, .schema).faults(of: $0.value, at: keys + [$0.key]) }
    case (.variables, .object(let members)):
      return members.compactMap { Self.fault(of: $0.key, $0.value, at: keys + [$0.key]) }
    case (.foreign, let other): return fault(.doubtful, "should be \(form.words), not \(other.kind)")
    case (_, let other): return fault(.invalid, "must be \(form.words), not \(other.kind)")
    }
  }

  private static func fault(of name: String, _ value: JSONFile.Value, at keys: [String]) -> Fault? {
    guard case .string(let text) = value else {
      return Fault(
        kind: .invalid, keys: keys, cause: "\(subject(keys)) must be a string, not \(value.kind)")
    }
    do throws(InvalidValue) {
      _ = try VariableName(name)
      _ = try VariableValue(text)
    } catch {
      return Fault(kind: .invalid, keys: keys, cause: "\(subject(keys)): \(error)")
    }
    guard text.utf8.contains(0) else { return nil }
    return Fault(
      kind: .doubtful, keys: keys, cause: "\(subject(keys)) has a NUL, which ends the value of a variable")
  }

  /// The megabytes that the platform can give to a run.
  private static let memoryRange = 128...32_768

  /// `number`, where it is an amount of memory that the platform gives.
  package static func memory(_ number: Double) -> Int? {
    Int(exactly: number).flatMap { memoryRange.contains($0) ? $0 : nil }
  }

  private static func shown(_ number: Double) -> String {
    Int(exactly: number).map { String($0) } ?? String(number)
  }

  /// The path of a value in the file: "storages.dataset", in quotes.
  private static func subject(_ keys: [String]) -> String { JSONFile.shown(keys.joined(separator: ".")) }
}

extension ActorField.Form {
  /// What it is, with its article, for messages.
  fileprivate var words: String {
    switch self {
    case .specification: "1"
    case .string: "a string"
    case .boolean: "true or false"
    case .memory(orExpression: false): "a number"
    case .memory(orExpression: true): "a number or an expression (a string)"
    case .file, .directory: "a path (a string)"
    case .schema: "a path (a string) or an object"
    case .schemas: "an object of schemas"
    case .variables: "an object of strings"
    case .object, .foreign: "an object"
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension ActorField {
  /// What a path in actor.json leads to.
  package enum PathKind: Sendable {
    case directory
    case file
    case schema
  }

  /// Where the file `json` may have paths, in the order of the fields.
  package static func paths(in json: JSONFile) -> [(keys: [String], kind: PathKind)] {
    all.flatMap { field -> [(keys: [String], kind: PathKind)] in
      switch field.form {
      case .directory: return [([field.name], .directory)]
      case .file: return [([field.name], .file)]
      case .schema: return [([field.name], .schema)]
      case .object(let fields): return field.inner(json, fields).map { ($0, .schema) }
      default: return []
      }
    }
  }

  /// The members that an object has, also those that are not known; and those of the lists in it.
  private func inner(_ json: JSONFile, _ fields: [ActorField]) -> [[String]] {
    guard case .object(let members)? = json.members[name] else { return [] }
    return members.keys.sorted().flatMap { key -> [[String]] in
      guard case .schemas? = fields.first(where: { $0.name == key })?.form,
        case .object(let members)? = members[key]
      else { return [[name, key]] }
      return members.keys.sorted().map { [name, key, $0] }
    }
  }
}

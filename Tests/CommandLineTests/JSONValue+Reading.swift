// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import PlatformModel

extension JSONValue {
  /// Reads `text`.
  init(_ text: some Sequence<UInt8>) throws {
    self = try JSONDecoder().decode(JSONValue.self, from: Data(text))
  }

  /// On one line.
  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// The member `name` of an object.
  subscript(name: String) -> JSONValue? {
    if case .object(let members) = self { members[name] } else { nil }
  }

  var string: String? { if case .string(let text) = self { text } else { nil } }

  var array: [JSONValue]? { if case .array(let values) = self { values } else { nil } }

  /// What is at `path`.
  func at(_ path: String...) -> JSONValue? {
    path.reduce(Optional(self)) { value, name in value?[name] }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Where in a request a mistake is: `sourceFiles[12].name`.
struct FieldPath: CustomStringConvertible {
  let description: String

  init(_ codingPath: [any CodingKey]) {
    var text = ""
    for key in codingPath {
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
      }
    }
    description = text
  }

  private init(_ text: String) { description = text }

  subscript(name: String) -> FieldPath { FieldPath(description.isEmpty ? name : "\(description).\(name)") }
  subscript(index: Int) -> FieldPath { FieldPath("\(description)[\(index)]") }

  /// A refusal that begins with the place.
  func invalid(_ what: String) -> PlatformError { .invalidInput("\(self) \(what)") }
}

extension PlatformError {
  /// The refusal for a body that could not be decoded.
  package static func undecodable(_ error: any Error) -> PlatformError {
    switch error {
    case let error as PlatformError:
      return error
    case DecodingError.typeMismatch(let type, let context):
      return wrongType(type, at: context)
    case DecodingError.valueNotFound(let type, let context):
      return wrongType(type, at: context)
    case DecodingError.keyNotFound(let key, let context):
      return FieldPath(context.codingPath + [key]).invalid("is required")
    case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
      return FieldPath(context.codingPath).invalid("is invalid: \(context.debugDescription)")
    default:
      return .invalidInput("The request body is not valid JSON")
    }
  }

  private static func wrongType(_ type: any Any.Type, at context: DecodingError.Context) -> PlatformError {
    let path = FieldPath(context.codingPath)
    let expected = "must be \(name(of: type))"
    return path.description.isEmpty ? .invalidInput("The request body \(expected)") : path.invalid(expected)
  }

  private static func name(of type: any Any.Type) -> String {
    if type == String.self { return "a string" }
    if type == Bool.self { return "a boolean" }
    if type == Int.self || type == Int64.self || type == Double.self { return "a number" }
    if type is any Sequence.Type { return "\(type)".hasPrefix("Array") ? "an array" : "an object" }
    return "an object"
  }
}

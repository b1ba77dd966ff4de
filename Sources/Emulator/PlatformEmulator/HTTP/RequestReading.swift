// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import PlatformModel
internal import SystemIO

extension Request {
  /// The token of the `Authorization` header; nil where there is none. The query is not looked at: a token
  /// does not belong there.
  var bearerToken: String? {
    guard let value = headers[.authorization] else { return nil }
    let parts = value.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    let token = parts[1].drop { $0 == " " }
    return token.isEmpty ? nil : String(token)
  }

  /// The JSON of the body, decoded.
  // Not inlined into the handlers' coroutines: the optimiser of Swift 6.3.1 crashes where it splits those.
  @inline(never)
  func decodeJSON<Value: Decodable>(_ type: Value.Type, context: EmulatorContext) async throws -> Value {
    try JSONInput.decode(type, from: try await payload(context: context))
  }

  /// A number of the query; nil where it is not there.
  func number(_ name: String) throws -> Int? {
    guard let text = uri.queryParameters[name[...]] else { return nil }
    guard let number = Int(text), number >= 0 else {
      throw PlatformError.invalidInput("\(name) must be a number")
    }
    return number
  }
}

extension EmulatorContext {
  /// The Actor that the address names; nil where it can't name any.
  var actorReference: ActorReference? {
    parameters.get("ref").flatMap { PercentEncoding.decode($0) }.flatMap(ActorReference.init)
  }

  /// The version that the address names, as text.
  var versionNumber: String { parameters.get("version").flatMap { PercentEncoding.decode($0) } ?? "" }
}

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

  /// Whether the query says yes to `name`.
  func isSet(_ name: String) -> Bool {
    ["1", "true"].contains(uri.queryParameters[name[...]].map { String($0) } ?? "")
  }

  /// How many items a page has at most: 1000, also where the query says 0.
  var pageLimit: Int {
    get throws {
      let limit = try number("limit") ?? 0
      return limit == 0 ? 1000 : min(limit, 1000)
    }
  }

  /// The page of `all`, in ascending order, that the query asks for.
  func page<Record, Item: Encodable>(
    of all: [Record], _ view: (Record) -> Item
  ) throws -> PageView<Item> {
    PageView(
      all, offset: try number("offset") ?? 0, limit: try pageLimit, isDescending: isSet("desc"), view)
  }

  /// What asks, as the request says.
  var origin: String { headers[.requestOrigin] ?? "API" }
}

extension HTTPFields.Element.Name {
  /// Which program asks; not every name can be one, so it is an optional for the compiler only.
  fileprivate static let requestOrigin = Self("X-Apify-Request-Origin") ?? .userAgent
}

extension EmulatorContext {
  /// The Actor that the address names; nil where it can't name any.
  var actorReference: ActorReference? {
    parameters.get("ref").flatMap { PercentEncoding.decode($0) }.flatMap(ActorReference.init)
  }

  /// The version that the address names, as text.
  var versionNumber: String { parameter("version") }

  /// The part of the address called `name`, decoded.
  func parameter(_ name: Substring) -> String {
    parameters.get(String(name)).flatMap { PercentEncoding.decode($0) } ?? ""
  }
}

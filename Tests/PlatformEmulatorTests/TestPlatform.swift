// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import AsyncHTTPClient
internal import EmulatorTesting
internal import FoundationEssentials
internal import NIOCore
internal import NIOHTTP1
internal import PlatformEmulator
internal import PlatformModel
internal import TestSupport
internal import Testing

/// What a request asks for.
enum HTTPVerb: String, Sendable {
  case GET, HEAD, POST, PUT, DELETE
}

/// An emulator on a real socket, and a client that knows nothing of it but HTTP.
struct TestPlatform {
  let emulator: PlatformEmulator
  let baseURL: String

  /// Two users and one that may only read.
  static let owner = "owner-token"
  static let stranger = "stranger-token"
  static let reader = "reader-token"

  private static let client: HTTPClient = {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow, timeout: .init(connect: .seconds(60), read: .seconds(120)))
    configuration.httpVersion = .http1Only
    configuration.connectionPool.retryConnectionEstablishment = false
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }()

  static func running<Outcome>(
    dataDirectory: String? = nil, _ change: (inout PlatformEmulator.Configuration) -> Void = { _ in },
    isolation: isolated (any Actor)? = #isolation, _ body: (TestPlatform) async throws -> Outcome
  ) async throws -> Outcome {
    var configuration = PlatformEmulator.Configuration()
    change(&configuration)
    configuration.dataDirectory = dataDirectory
    configuration.users = [
      .init(username: "owner", token: owner), .init(username: "stranger", token: stranger),
      .init(username: "reader", token: reader, isReadOnly: true),
    ]
    return try await PlatformEmulator.running(configuration) { emulator, address in
      try await body(TestPlatform(emulator: emulator, baseURL: address.baseURL))
    }
  }

  struct Answer {
    let status: Int
    /// By lower-case names.
    let headers: [String: String]
    let body: [UInt8]

    var json: JSONValue { get throws { try JSONDecoder().decode(JSONValue.self, from: Data(body)) } }
    var data: JSONValue { get throws { try json["data"] } }
    var errorType: String? { get throws { try json["error"]["type"].string } }
    var errorMessage: String { get throws { try json["error"]["message"].string ?? "" } }
  }

  @discardableResult
  func send(
    _ method: HTTPVerb, _ path: String, _ body: HTTPClientRequest.Body? = nil,
    token: String? = owner, headers: [String: String] = [:]
  ) async throws -> Answer {
    var request = HTTPClientRequest(url: baseURL + path)
    request.method = HTTPMethod(rawValue: method.rawValue)
    if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
    if body != nil, headers["Content-Type"] == nil {
      request.headers.add(name: "Content-Type", value: "application/json")
    }
    for (name, value) in headers where !value.isEmpty { request.headers.add(name: name, value: value) }
    request.body = body
    let response = try await Self.client.execute(request, timeout: .seconds(300))
    let bytes = try await response.body.collect(upTo: 64 << 20)
    let fields = response.headers.map { ($0.name.lowercased(), $0.value) }
    return Answer(
      status: Int(response.status.code), headers: Dictionary(fields) { $0 + ", " + $1 },
      body: Array(bytes.readableBytesView))
  }

  @discardableResult
  func send(
    _ method: HTTPVerb, _ path: String, _ json: String, token: String? = owner,
    headers: [String: String] = [:]
  ) async throws -> Answer {
    try await send(method, path, .bytes(ByteBuffer(string: json)), token: token, headers: headers)
  }

  /// Opens an answer and gives its body line by line, as they come, until `body` has had enough.
  func lines(_ path: String, _ body: (String) async throws -> Bool) async throws {
    var request = HTTPClientRequest(url: baseURL + path)
    request.headers.add(name: "Authorization", value: "Bearer \(Self.owner)")
    let response = try await Self.client.execute(request, timeout: .seconds(300))
    try #require(response.status == .ok)
    var rest = ""
    for try await part in response.body {
      rest += String(buffer: part)
      while let end = rest.firstIndex(of: "\n") {
        let line = String(rest[..<end])
        rest = String(rest[rest.index(after: end)...])
        if try await !body(line) { return }
      }
    }
  }

  /// Makes the Actor `my-actor` of the owner, with the version 0.0.
  @discardableResult
  func makeActor() async throws -> String {
    let answer = try await send(
      .POST, "/v2/actors",
      #"{"name":"my-actor","versions":[{"versionNumber":"0.0","sourceType":"SOURCE_FILES","sourceFiles":[]}]}"#
    )
    try #require(answer.status == 201)
    return try #require(try answer.data["id"].string)
  }

  static let version = "/v2/actors/~my-actor/versions/0.0"

  /// Replaces the files of `my-actor`'s version 0.0; `files` are the elements of a JSON array.
  func put(files: String) async throws -> Answer {
    try await send(.PUT, Self.version, #"{"sourceFiles":["# + files + "]}")
  }
}

extension PlatformEmulator {
  /// Waits until `look` finds something in what the platform knows, for a minute at most.
  @discardableResult
  func wait<Value>(_ what: String, _ look: (PlatformState) -> Value?) async throws -> Value {
    try await waitUntil(what, instead: { "builds \(state.builds.values.map(\.status))" }) { look(state) }
  }
}

extension JSONValue {
  subscript(name: String) -> JSONValue {
    if case .object(let members) = self { members[name] ?? .null } else { .null }
  }
  subscript(index: Int) -> JSONValue {
    if case .array(let elements) = self, elements.indices.contains(index) { elements[index] } else { .null }
  }
  var string: String? { if case .string(let text) = self { text } else { nil } }
  var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
  var names: Set<String> { if case .object(let members) = self { Set(members.keys) } else { [] } }
}

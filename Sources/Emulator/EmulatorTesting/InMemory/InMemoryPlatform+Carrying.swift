// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import FoundationEssentials
internal import NIOCore
internal import PlatformEmulator
internal import PlatformModel
internal import SystemIO

/// How a call is carried out: with its fault, its JSON and its errors.
extension InMemoryPlatform {
  /// Carries out a call.
  ///
  /// - Parameters:
  ///   - look: looks for what a call has created whose answer is lost.
  ///   - body: carries the call out; a `PlatformError` becomes what `ApifyClient` throws for it.
  func carryOut<Outcome>(
    _ kind: PlatformCall.Kind, _ request: Call, orLook look: () throws -> Outcome? = { nil },
    _ body: () async throws -> Outcome
  ) async throws -> Outcome {
    let (call, fault) = controls.begin(kind, request.method.rawValue, request.path)
    try Task.checkCancellation()
    try await controls.hook?(call)
    if case .refused(let error) = fault { throw error }
    let outcome: Outcome
    do {
      outcome = try await body()
    } catch let error as PlatformError {
      throw APIError(error, of: call)
    }
    switch fault {
    case .refused, nil:
      return outcome
    case .refusedAfterwards(let error):
      throw error
    case .lostAnswer:
      if let found = try look() { return found }
      throw APIError(
        type: .network, message: "the connection was closed before the answer came", method: call.method,
        path: call.path, attempts: 1, outcomeIsUnknown: call.method != "GET")
    }
  }

  /// The same for a call that returns nil where there is nothing.
  func find<Outcome>(
    _ kind: PlatformCall.Kind, _ request: Call, _ body: () async throws -> Outcome
  ) async throws -> Outcome? {
    do {
      return try await carryOut(kind, request) { try await body() }
    } catch let error as APIError where error.isNotFound {
      return nil
    }
  }

  /// The model that a client decodes from a view.
  func model<Model: Decodable>(_ type: Model.Type = Model.self, from view: some Encodable) throws -> Model {
    try JSONDecoder().decode(Model.self, from: JSONEncoder().encode(view))
  }

  /// The value of a request's body, by the platform's rules.
  func input<Value: Decodable>(_ type: Value.Type, from body: RequestBody) async throws -> Value {
    guard body.contentType == "application/json" else {
      throw PlatformError.invalidInput("Content-Type must be application/json")
    }
    let limit = Limits.requestBytes
    guard body.length <= limit + (body.encoding == .identity ? 0 : limit / 64) else {
      throw PlatformError.requestTooLarge(limit: limit, received: body.length)
    }
    let encoding = try ContentEncoding(header: body.encoding.rawValue)
    return try JSONInput.decode(type, from: try encoding.decoded(try await bytes(of: body), limit: limit))
  }

  /// The bytes of a request's body as they are sent.
  func bytes(of body: RequestBody) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await chunk in body.makeChunks() { bytes.append(contentsOf: chunk.readableBytesView) }
    guard bytes.count == body.length else {
      throw APIError(type: .invalidRequest, message: "the body has \(bytes.count) bytes, not \(body.length)")
    }
    return bytes
  }
}

extension APIError {
  /// What `ApifyClient` throws for a refusal of the platform.
  init(_ error: PlatformError, of call: PlatformCall) {
    self.init(
      type: Code(rawValue: error.type), message: OneLine.of(error.message, limit: 2000),
      status: error.status, method: call.method, path: call.path, attempts: 1)
  }
}

extension ApifyAPI.ActorReference {
  /// The Actor that the platform reads in the address; nil where that can name none.
  var inModel: PlatformModel.ActorReference? {
    PercentEncoding.decode(pathSegment).flatMap { PlatformModel.ActorReference($0) }
  }
}

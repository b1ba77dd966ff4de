// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import PlatformModel

extension Request {
  /// The body after decompression.
  ///
  /// - Throws: 400 for another `Content-Type` than JSON or a damaged body, 415 for an encoding that the
  ///   platform does not know, 413 for more than it takes: neither reading nor inflating goes on after that.
  @inline(never)  // As `decodeJSON`.
  func payload(context: EmulatorContext) async throws -> [UInt8] {
    guard mediaType == "application/json" else {
      throw PlatformError.invalidInput("Content-Type must be application/json")
    }
    let encoding = try ContentEncoding(header: headers[.contentEncoding])
    let wire = try await wireBytes(encoding: encoding, context: context)
    let payload = try encoding.decoded(wire, limit: Limits.requestBytes)
    context.exchange.note { $0.payloadBytes = payload.count }
    return payload
  }

  private var mediaType: String? {
    headers[.contentType]?.split(separator: ";").first?
      .split(separator: " ").first.map { $0.lowercased() }
  }

  /// The body as it comes. Compressed, it may be a little larger than what it holds, and never needs to be
  /// much larger.
  @inline(never)  // As `decodeJSON`.
  func wireBytes(encoding: ContentEncoding, context: EmulatorContext) async throws -> [UInt8] {
    let limit = encoding == .identity ? Limits.requestBytes : Limits.requestBytes + Limits.requestBytes / 64
    let announced = headers[.contentLength].flatMap { Int($0) } ?? 0
    if announced > limit {
      throw PlatformError.requestTooLarge(limit: Limits.requestBytes, received: announced)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(announced)
    for try await chunk in body {
      bytes.append(contentsOf: chunk.readableBytesView)
      context.exchange.note { $0.wireBytes += chunk.readableBytes }
      if bytes.count > limit {
        throw PlatformError.requestTooLarge(limit: Limits.requestBytes, received: bytes.count)
      }
    }
    return bytes
  }
}

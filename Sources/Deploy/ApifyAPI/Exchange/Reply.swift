// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import AsyncHTTPClient
internal import Deflate
internal import NIOCore
internal import NIOHTTP1
internal import SystemIO

/// A response, read to its end and decompressed.
struct Reply: Sendable {
  let status: Int
  let location: String?
  let retryAfter: Duration?
  let date: String?
  let body: [UInt8]

  init(_ response: HTTPClientResponse, limit: Int) async throws {
    status = Int(response.status.code)
    location = response.headers.first(name: "Location")
    date = response.headers.first(name: "Date")
    retryAfter = RetryAfter.parse(response.headers.first(name: "Retry-After"), date: date)
    body = try await Self.collect(response, limit: limit)
  }

  private static func collect(_ response: HTTPClientResponse, limit: Int) async throws -> [UInt8] {
    let encoding = BodyEncoding(response.headers.first(name: "Content-Encoding"))
    guard let format = try encoding.format else { return try await plain(response.body, limit: limit) }
    return try await inflated(response.body, format, limit: limit)
  }

  private static func plain(_ body: HTTPClientResponse.Body, limit: Int) async throws -> [UInt8] {
    var output: [UInt8] = []
    for try await chunk in body {
      guard chunk.readableBytes <= limit - output.count else { throw ResponseProblem.tooLong(limit: limit) }
      output.append(contentsOf: chunk.readableBytesView)
    }
    return output
  }

  private static func inflated(
    _ body: HTTPClientResponse.Body, _ format: DeflateFormat, limit: Int
  ) async throws -> [UInt8] {
    var output: [UInt8] = []
    var received = 0
    do {
      var stream = try InflateStream(format: format)
      for try await chunk in body {
        received += chunk.readableBytes
        guard received <= limit else { throw ResponseProblem.tooLong(limit: limit) }
        try stream.write(chunk.readableBytesSpan) { part in
          guard part.byteCount <= limit - output.count else { throw ResponseProblem.tooLong(limit: limit) }
          output.append(copying: part)
        }
      }
      // Some gateways mark an empty answer as compressed.
      if received > 0 { try stream.finish() }
    } catch let error as DeflateError {
      throw ResponseProblem.corrupt(error.description)
    }
    return output
  }
}

/// The reason why the body of a response cannot be read.
enum ResponseProblem: Error {
  case tooLong(limit: Int)
  case unknownEncoding(String)
  case corrupt(String)
}

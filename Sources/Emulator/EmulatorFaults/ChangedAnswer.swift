// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import Hummingbird
internal import NIOCore
internal import PlatformEmulator

extension Response {
  /// The same answer, changed.
  func changed(_ change: AnswerChange, _ context: EmulatorContext) async throws -> Response {
    let whole = try await wholeBody()
    let channel = context.channel
    switch change {
    case .stalls:
      let half = whole.getSlice(at: whole.readerIndex, length: whole.readableBytes / 2) ?? ByteBuffer()
      return replacing(
        ResponseBody(contentLength: whole.readableBytes) { writer in
          try await writer.write(half)
          try await channel.waitForClose()
        })
    case .closes:
      return replacing(
        ResponseBody(contentLength: whole.readableBytes) { writer in
          try await writer.write(whole)
          try await writer.finish(nil)
          // What was written comes before the end.
          try? await channel.close().get()
        })
    case .garbled: return replacing(GarbledJSON.garbled(Array(whole.readableBytesView)))
    case .mistyped: return replacing(GarbledJSON.mistyped(Array(whole.readableBytesView)))
    case .endless: return replacing(ResponseBody { writer in try await Self.writeWithoutEnd(&writer) })
    case .slow(let rate): return replacing(Self.slow(whole, rate))
    case .chunked(let size):
      return replacing(
        ResponseBody { writer in
          var rest = whole
          while let chunk = rest.readSlice(length: min(size, rest.readableBytes)), chunk.readableBytes > 0 {
            try await writer.write(chunk)
          }
          try await writer.finish(nil)
        })
    case .compressed(let encoding, let isCut): return try compressed(whole, encoding, isCut)
    }
  }

  private func replacing(_ body: ResponseBody) -> Response {
    var headers = headers
    headers[.contentLength] = nil
    return Response(status: status, headers: headers, body: body)
  }

  private func replacing(_ bytes: [UInt8]) -> Response {
    replacing(ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  private static func writeWithoutEnd(_ writer: inout any ResponseBodyWriter) async throws {
    try await writer.write(ByteBuffer(string: #"{"data":"#))
    let blanks = ByteBuffer(repeating: 0x20, count: 64 << 10)
    // A write to a connection that its client has closed throws.
    while true {
      try Task.checkCancellation()
      try await writer.write(blanks)
    }
  }

  /// Ten pieces a second.
  private static func slow(_ whole: ByteBuffer, _ bytesPerSecond: Int) -> ResponseBody {
    let pause = Duration.seconds(1) / min(10, bytesPerSecond)
    let size = max(1, bytesPerSecond / 10)
    return ResponseBody(contentLength: whole.readableBytes) { writer in
      var rest = whole
      while let piece = rest.readSlice(length: min(size, rest.readableBytes)), piece.readableBytes > 0 {
        try await writer.write(piece)
        try await Task.sleep(for: pause)
      }
      try await writer.finish(nil)
    }
  }

  private func compressed(_ whole: ByteBuffer, _ encoding: String, _ isCut: Bool) throws -> Response {
    let bytes = Array(whole.readableBytesView)
    let packed =
      switch encoding {
      case "gzip": try compress(bytes, format: .gzip)
      case "deflate": try compress(bytes, format: .zlib)
      default: bytes
      }
    var response = replacing(isCut ? Array(packed.prefix(packed.count / 2)) : packed)
    response.headers[.contentEncoding] = encoding
    return response
  }
}

extension Channel {
  /// Waits until the client has closed the connection, and throws then.
  func waitForClose() async throws {
    while isActive { try await Task.sleep(for: .milliseconds(50)) }
    throw FaultInjector.ConnectionCut()
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import PlatformModel

/// Decodes a request's body as it comes, in constant memory.
struct ContentDecoder: ~Copyable {
  private let encoding: ContentEncoding
  private var stream: InflateStream?

  init(_ encoding: ContentEncoding) { self.encoding = encoding }

  /// Gives what `input` holds, in parts.
  ///
  /// - Throws: 400 for what is not in the encoding, or what `emit` throws.
  mutating func write(_ input: RawSpan, _ emit: (RawSpan) throws -> Void) throws {
    if encoding == .identity { return try emit(input) }
    if input.byteCount == 0 { return }
    do {
      if stream == nil {
        let start = (0..<Swift.min(2, input.byteCount)).map {
          // SAFETY: a byte can have any value; the index is checked.
          unsafe input.unsafeLoad(fromByteOffset: $0, as: UInt8.self)
        }
        stream = try InflateStream(format: encoding.format(of: start) ?? .raw)
      }
      try stream?.write(input, emit)
    } catch let error as DeflateError {
      throw Self.failure(error)
    }
  }

  /// Says that no more comes.
  consuming func finish() throws(PlatformError) {
    do throws(DeflateError) {
      switch consume stream {
      case .some(let stream): try stream.finish()
      case .none: if encoding != .identity { throw .truncated }
      }
    } catch {
      throw Self.failure(error)
    }
  }

  private static func failure(_ error: DeflateError) -> PlatformError {
    .invalidInput("The request body can't be decompressed: \(error)")
  }
}

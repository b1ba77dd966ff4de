// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
package import PlatformModel
internal import SystemIO

/// How a request's body is compressed.
package enum ContentEncoding {
  case identity, gzip, deflate

  /// The encoding that a `Content-Encoding` header names.
  package init(header: String?) throws(PlatformError) {
    switch header?.lowercased() {
    case nil, "", "identity": self = .identity
    case "gzip", "x-gzip": self = .gzip
    case "deflate": self = .deflate
    default: throw .unsupportedContentEncoding(header ?? "")
    }
  }

  /// What `bytes` hold. Inflating ends as soon as there is more than `limit`, however much more would come.
  package func decoded(_ bytes: [UInt8], limit: Int) throws(PlatformError) -> [UInt8] {
    guard let format = format(of: bytes) else { return bytes }
    var output: [UInt8] = []
    do {
      var stream = try InflateStream(format: format)
      // SAFETY: the bytes are plain integers, and the span is read within the call.
      try unsafe stream.write(bytes.span.bytes) { part in
        output.append(copying: part)
        if output.count > limit { throw PlatformError.requestTooLarge(limit: limit, received: output.count) }
      }
      try stream.finish()
    } catch let error as PlatformError {
      throw error
    } catch {
      throw .invalidInput("The request body can't be decompressed: \(error)")
    }
    return output
  }

  /// The format that the encoding stands for; nil for none. `deflate` should be zlib's, and some clients send
  /// it raw: the first two bytes tell them apart (RFC 1950, section 2.2).
  func format(of bytes: [UInt8]) -> DeflateFormat? {
    switch self {
    case .identity: return nil
    case .gzip: return .gzip
    case .deflate:
      guard bytes.count >= 2, bytes[0] & 0x0F == 8 else { return .raw }
      return (Int(bytes[0]) << 8 | Int(bytes[1])) % 31 == 0 ? .zlib : .raw
    }
  }
}

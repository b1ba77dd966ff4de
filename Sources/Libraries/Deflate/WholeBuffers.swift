// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// `bytes`, compressed; for what is small enough to hold twice.
package func compress(
  _ bytes: [UInt8], format: DeflateFormat, level: Int32 = 6, strategy: DeflateStrategy = .standard
) throws(DeflateError) -> [UInt8] {
  var stream = try DeflateStream(format: format, level: level, strategy: strategy)
  var output: [UInt8] = []
  // SAFETY: bytes have no padding to read.
  unsafe stream.write(bytes.span.bytes) { output.append(contentsOf: $0) }
  stream.finish { output.append(contentsOf: $0) }
  return output
}

/// `bytes` as a gzip file.
package func gzip(_ bytes: [UInt8], level: Int32 = 6) throws(DeflateError) -> [UInt8] {
  try compress(bytes, format: .gzip, level: level)
}

/// The data that `bytes` hold.
///
/// - Throws: `limitExceeded` as soon as more than `limit` bytes come out, whatever the input's size.
package func decompress(
  _ bytes: [UInt8], format: DeflateFormat, limit: Int
) throws(DeflateError) -> [UInt8] {
  var stream = try InflateStream(format: format)
  var output: [UInt8] = []
  do {
    // SAFETY: bytes have no padding to read.
    try unsafe stream.write(bytes.span.bytes) {
      guard $0.byteCount <= limit - output.count else { throw DeflateError.limitExceeded(limit) }
      output.append(contentsOf: $0)
    }
  } catch let error as DeflateError {
    throw error
  } catch {
    preconditionFailure("only this function's closure throws here")
  }
  try stream.finish()
  return output
}

extension [UInt8] {
  fileprivate mutating func append(contentsOf bytes: RawSpan) {
    // SAFETY: read only, within the call.
    unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }
}

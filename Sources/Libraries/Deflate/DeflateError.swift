// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Why compressed data could not be made or read.
package enum DeflateError: Error, Hashable, Sendable {
  /// zlib found no memory for its state.
  case outOfMemory
  /// zlib refuses a parameter (a level that isn't −1…9) or isn't the version this was compiled for.
  case invalidParameter
  /// The data are not in the format; zlib's words for it.
  case corrupt(String)
  /// The data end too early.
  case truncated
  /// Something that isn't compressed data follows the end.
  case trailingGarbage
  /// The decoded data are longer than the caller allows.
  case limitExceeded(Int)
}

extension DeflateError: CustomStringConvertible {
  /// One line for people.
  package var description: String {
    switch self {
    case .outOfMemory: "out of memory"
    case .invalidParameter: "zlib does not accept these parameters"
    case .corrupt(let reason): "the compressed data are corrupt (\(reason))"
    case .truncated: "the compressed data end too early"
    case .trailingGarbage: "the compressed data are followed by something else"
    case .limitExceeded(let limit): "the data are longer than \(limit) bytes"
    }
  }
}

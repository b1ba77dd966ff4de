// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate

/// How the body of an answer is encoded.
enum BodyEncoding: Equatable {
  case identity
  case gzip
  case deflate
  case unknown(String)

  /// What the header `value` says.
  init(_ value: String?) {
    switch value?.lowercased() ?? "" {
    case "", "identity": self = .identity
    case "gzip", "x-gzip": self = .gzip
    case "deflate": self = .deflate
    case let other: self = .unknown(other)
    }
  }

  /// The format of the compressed bytes; nil where they are not compressed.
  ///
  /// - Throws: `ResponseProblem` where it is none that was asked for.
  var format: DeflateFormat? {
    get throws(ResponseProblem) {
      switch self {
      case .identity: nil
      case .gzip: .gzip
      case .deflate: .zlib
      case .unknown(let name): throw .unknownEncoding(name)
      }
    }
  }
}

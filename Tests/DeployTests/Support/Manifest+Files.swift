// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import SourcePackage

@testable import Deploy

extension Manifest {
  /// A package of files with these contents. A name with a "*" at its end is an executable file.
  static func of(_ files: [String: String]) throws -> Manifest {
    var builder = Builder()
    for (name, text) in files {
      let content = Array(text.utf8)
      let isExecutable = name.hasSuffix("*")
      try builder.add(
        file: Array((isExecutable ? String(name.dropLast()) : name).utf8), byteCount: content.count,
        isExecutable: isExecutable
      ) {
        // SAFETY: bytes have no padding; the array lives as long as the call.
        try $0(unsafe content.span.bytes)
      }
    }
    return try builder.finish()
  }
}

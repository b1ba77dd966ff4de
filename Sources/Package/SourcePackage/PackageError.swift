// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SourceTree
package import SystemIO

/// Why a package was not made.
package enum PackageError: Error, Equatable {
  /// Something in the tree can't be read, or changed while it was.
  case source(SourceTreeError)
  /// The output takes no more.
  case output(SystemError)
  /// The content is more than was asked for at the most; found before all of it was read.
  case overLimit
  /// This file alone is more than that; found before it was read.
  case fileOverLimit([UInt8], byteCount: Int)
  /// Cancelled.
  case interrupted

  /// Why a unit of a package was not made.
  init(_ error: SourceTreeError) {
    self =
      error.code == .fileTooLarge
      ? .fileOverLimit(error.path, byteCount: Int(error.detail) ?? 0) : .source(error)
  }
}

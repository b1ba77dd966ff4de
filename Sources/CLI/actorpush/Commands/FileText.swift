// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Small files that options name.
enum FileText {
  /// The contents of the file `path`; nil where it can't be read.
  static func contents(_ path: String) -> [UInt8]? { Paths.contents(Array(path.utf8)) }
}

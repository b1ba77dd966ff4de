// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Where programs are looked for: the directories of `PATH`, of which those count that are absolute. An empty
/// entry, or a relative one, means the working directory: a tree that is packaged must not bring the programs
/// that are run.
package enum SearchPath {
  /// What counts where `PATH` is not set.
  private static let standard = "/usr/local/bin:/usr/bin:/bin"

  /// The path of the program `name`, as the first directory of `path` has it; nil where none has one.
  package static func program(_ name: String, in path: String?) -> [UInt8]? {
    (path ?? standard).utf8.split(separator: UInt8(ascii: ":"))
      .filter { $0.first == UInt8(ascii: "/") }
      .map { Paths.join(Array($0), Array(name.utf8)) }
      .first { Paths.status($0).map { $0.isRegular && $0.isExecutable } == true }
  }
}

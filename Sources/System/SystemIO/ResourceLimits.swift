// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CSystemIO

/// What the system lets this process have (getrlimit(2)).
package enum ResourceLimits {
  /// Raises the number of files that may be open at a time to `count`, as far as that is allowed.
  ///
  /// - Returns: how many may be open now; at least `count` where there is no limit.
  package static func raiseOpenFiles(to count: Int) -> Int { Int(actorpush_raise_open_files(Int64(count))) }

  /// How many bytes may be mapped (`ulimit -v`); nil where there is no limit. Where there is one, threads
  /// share one heap from now on.
  package static func limitedAddressSpace() -> Int? {
    let limit = actorpush_limited_address_space()
    return limit < 0 ? nil : Int(limit)
  }
}

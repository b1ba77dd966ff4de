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

  /// What the system must let a process have to start the threads of an event loop, or of a git and what
  /// waits for it. Where it cannot start one, the process is ended by a signal, or waits for ever.
  package struct Need: Sendable {
    let openFiles: Int
    let addressSpace: Int
    let data: Int
    let threads: Int

    /// For an event loop: its timers and connections, the walk, and a git with its pipes.
    package static let eventLoop = Need(
      openFiles: 64, addressSpace: 256 << 20, threads: Threads.processorCount + 7)
    /// For a git and what waits for it.
    package static let git = Need(openFiles: 32, addressSpace: 128 << 20)

    /// - Parameter addressSpace: for the program itself; the stacks of its threads come to it.
    init(openFiles: Int, addressSpace: Int, threads: Int = 0) {
      self.openFiles = openFiles
      self.threads = threads
      self.addressSpace = addressSpace + (32 << 20) * Threads.processorCount
      data = (32 + 32 * Threads.processorCount) << 20
    }
  }

  /// What there is too little of for `need`, in words; nil where there is enough.
  package static func shortage(_ need: Need) -> String? {
    let openFiles = sysconf(Int32(_SC_OPEN_MAX))
    if openFiles >= 0, openFiles < need.openFiles {
      return "at most \(openFiles) files may be open at a time (ulimit -n), and \(need.openFiles) are needed"
    }
    let data = actorpush_limited_data()
    let memory =
      shortage(of: limitedAddressSpace(), need.addressSpace, "of memory may be mapped (ulimit -v)")
      ?? shortage(of: data < 0 ? nil : Int(data), need.data, "of data may be held (ulimit -d)")
    if let memory { return memory }
    // No limit tells how many are left: all processes of the user count, or those of the container.
    let threads = Threads.startable(need.threads)
    if threads < need.threads {
      return
        "only \(threads) more threads can be started (ulimit -u, or the container's limit of processes), "
        + "and \(need.threads) are needed"
    }
    return nil
  }

  /// What there is too little of where a `limit` is less than is `needed`, both in bytes.
  private static func shortage(of limit: Int?, _ needed: Int, _ what: String) -> String? {
    guard let limit, limit < needed else { return nil }
    return "at most \(limit >> 20) MiB \(what), and \(needed >> 20) MiB are needed, most of them never used"
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension Paths {
  /// How long nothing may come from a pipe, in milliseconds: its writer may ask for a password first.
  private static let patience: Int32 = 30_000

  /// Returns what the user named to be read: a file, or a pipe or a terminal, as `<(…)` and /dev/stdin are.
  /// Blocks.
  ///
  /// - Throws: also where that is more than `limit` bytes, where nothing comes, and where `cancellation` says
  ///   so.
  package static func input(
    _ path: [UInt8], limit: Int = 1 << 24, cancellation: CancellationFlag
  ) throws(InputError) -> [UInt8] {
    do throws(SystemError) { return try read(path, limit, cancellation) } catch {
      throw InputError(error)
    }
  }

  private static func read(
    _ path: [UInt8], _ limit: Int, _ cancellation: CancellationFlag
  ) throws(SystemError) -> [UInt8] {
    let file = try Descriptor.open(CString(path), as: .fileThroughLinks)
    if try file.status().isRegular { return try file.readAll(limit: limit) }
    var contents: [UInt8] = []
    let step: Int32 = 50
    var waited: Int32 = 0
    while true {
      // A read before a pipe has a writer would be its end.
      let isReady = file.waitForInput(milliseconds: step)
      if cancellation.isCancelled { throw SystemError(code: ECANCELED) }
      guard isReady else {
        waited += step
        if waited >= patience { throw SystemError(code: ETIMEDOUT) }
        continue
      }
      guard let bytes = try file.available() else { continue }
      if bytes.isEmpty { return contents }
      contents += bytes
      if contents.count > limit { throw SystemError(code: EFBIG) }
      waited = 0
    }
  }
}

/// Why what the user named cannot be read.
package struct InputError: Error {
  /// In words: "Is a directory".
  package let reason: String
  /// Whether the program is to end.
  package let isInterrupted: Bool

  init(_ error: SystemError) {
    isInterrupted = error.code == ECANCELED
    reason =
      switch error.code {
      case ETIMEDOUT: "nothing is written to it"
      case ECANCELED: "interrupted"
      default: error.message
      }
  }
}

extension Descriptor {
  /// What can be read at once; empty at the end, nil where that is nothing now.
  fileprivate borrowing func available() throws(SystemError) -> [UInt8]? {
    var failure: SystemError?
    // SAFETY: the memory of the new array, up to where the system has filled it.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { memory, filled in
      do throws(SystemError) {
        filled = try unsafe read(into: UnsafeMutableRawBufferPointer(memory))
      } catch {
        failure = error
      }
    }
    if let failure {
      if failure.code == EAGAIN { return nil }
      throw failure
    }
    return bytes
  }
}

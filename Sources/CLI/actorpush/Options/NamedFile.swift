// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization
internal import SystemIO

/// A file that an option names. It may be a pipe, as `<(…)` of a shell is.
enum NamedFile {
  /// What was read: a pipe has its bytes once, and a token is asked for more often.
  private static let read = Mutex<[String: [UInt8]]>([:])

  /// The contents of the file at `path`. Blocks.
  static func contents(_ path: String) throws(InputError) -> [UInt8] {
    if let known = read.withLock({ $0[path] }) { return known }
    let contents = try Paths.input(
      Array(path.utf8), cancellation: ProcessEnvironment.process.cancellation)
    read.withLock { $0[path] = contents }
    return contents
  }

  /// The same, or why there is none.
  static func result(_ path: String) -> Result<[UInt8], InputError> {
    do throws(InputError) { return .success(try contents(path)) } catch { return .failure(error) }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import Synchronization
internal import SystemIO

/// A file that an option names. It may be a pipe, as `<(…)` of a shell is.
enum NamedFile {
  /// What was read, or why it could not be: a pipe has its bytes once, and a token is asked for more often.
  private static let results = Mutex<[String: Result<[UInt8], InputError>]>([:])

  /// The contents of the file at `path`, or why there are none. Blocks.
  static func result(_ path: String) -> Result<[UInt8], InputError> {
    results.withLock { results in
      if let known = results[path] { return known }
      let result: Result<[UInt8], InputError>
      do throws(InputError) {
        result = .success(
          try Paths.input(Array(path.utf8), cancellation: ProcessEnvironment.process.cancellation))
      } catch {
        result = .failure(error)
      }
      results[path] = result
      return result
    }
  }

  /// The contents of the file at `path`, which `subject` is called in errors.
  static func contents(_ path: String, _ subject: String) throws(Failure) -> [UInt8] {
    switch result(path) {
    case .success(let contents): return contents
    case .failure(let error) where error.isInterrupted: throw Failure(DeployError.interrupted)
    case .failure(let error): throw Failure(argument: "\(subject) cannot be read: \(error.reason)")
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Subprocess
internal import SystemIO

extension Git {
  /// How much git may print: a listing of some millions of files. Trees of a few kilobytes can name each
  /// other so often that their listing has no end.
  static let outputLimit = 1 << 28

  /// git has printed more than is taken.
  struct TooMuchOutput: Error {}

  /// Runs git with `input` on its standard input, and returns what it prints.
  ///
  /// - Throws: `TooMuchOutput`. Memory is taken only for what there is: a buffer for all that is allowed
  ///   could not be had where memory is limited.
  static func collect(_ configuration: Configuration, _ input: [UInt8]) async throws -> Ending {
    let record = try await run(
      configuration, input: .array(input), output: .sequence, error: .string(limit: 1 << 16)
    ) { execution in
      var bytes: [UInt8] = []
      for try await part in execution.standardOutput {
        if bytes.count + part.count > outputLimit { throw TooMuchOutput() }
        // SAFETY: read only, within the call.
        unsafe part.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
      }
      return bytes
    }
    return (record.closureResult, record.standardError, record.terminationStatus)
  }
}

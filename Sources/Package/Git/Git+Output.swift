// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Subprocess
internal import SystemIO
internal import SystemPackage

extension Git {
  /// How much git may print: a listing of some millions of files. Trees of a few kilobytes can name each
  /// other so often that their listing has no end.
  package static let outputLimit = 1 << 28

  /// git has printed more than is taken.
  struct TooMuchOutput: Error {}

  /// Runs `git arguments` with `input` on its standard input, and gives `take` what it prints, part by part
  /// while it works.
  ///
  /// - Parameters:
  ///   - limit: how much it may print.
  ///   - take: returns false where it wants no more: git is ended then, which is no failure.
  package func read(
    _ arguments: [[UInt8]], input: [UInt8] = [], limit: Int = .max, _ take: (RawSpan) -> Bool
  ) throws(Failure) {
    let pipe: Pipe
    do throws(SystemError) { pipe = try Pipe() } catch {
      if let shortage = ResourceLimits.shortage(.git) { throw .resources(shortage) }
      throw .failed(status: nil, message: error.message)
    }
    let run = try start(arguments) { configuration in
      // What is read ends only when git alone has had the other end.
      defer { pipe.closeWriting() }
      let output = FileDescriptor(rawValue: pipe.writing)
      let record = try await Subprocess.run(
        configuration, input: .array(input),
        output: .fileDescriptor(output, closeAfterSpawningProcess: false), error: .string(limit: 1 << 20))
      return ([], record.standardError, record.terminationStatus)
    }
    var buffer = ReadBuffer(capacity: 1 << 18)
    var count = 0
    while !run.isOver {
      guard pipe.reading.waitForInput(milliseconds: 50) else { continue }
      buffer.clear()
      do throws(SystemError) {
        if try buffer.read(from: pipe.reading) == 0 { break }
      } catch {
        run.stop()
        throw .failed(status: nil, message: error.message)
      }
      count += buffer.count
      if count > limit {
        run.stop()
        throw run.tooMuchOutput
      }
      guard take(buffer.bytes) else { return run.stop() }
    }
    let ending = try run.ending()
    guard ending.status.isSuccess else { throw Self.failure(ending) }
  }

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

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Subprocess
internal import SystemIO
internal import SystemPackage

extension Git {
  /// How much git may print: a listing of some millions of files. Trees of a few kilobytes can name each
  /// other so often that their listing has no end.
  package static let outputLimit = 1 << 28

  /// Runs `git arguments` with `input` on its standard input, and gives `take` what it prints, part by part
  /// while it works.
  ///
  /// - Parameters:
  ///   - limit: how much it may print.
  ///   - take: returns false where it wants no more: git is ended then, which is no failure.
  package func read(
    _ arguments: [[UInt8]], input: [UInt8] = [], limit: Int = .max, _ take: (RawSpan) -> Bool
  ) throws(Failure) {
    guard let ending = try finish(arguments, input, limit, take) else { return }
    guard ending.status.isSuccess else { throw Self.failure(ending) }
  }

  /// Runs git with `input` on its standard input, and returns what it prints with how it ended.
  func collect(
    _ arguments: [[UInt8]], _ input: [UInt8]
  ) throws(Failure) -> (output: [UInt8], ending: Ending) {
    var output: [UInt8] = []
    let ending = try finish(arguments, input, Self.outputLimit) { part in
      output.append(copying: part)
      return true
    }
    guard let ending else { throw .interrupted }
    return (output, ending)
  }

  /// Runs git to its end; nil where `take` wanted no more of what it prints.
  private func finish(
    _ arguments: [[UInt8]], _ input: [UInt8], _ limit: Int, _ take: (RawSpan) -> Bool
  ) throws(Failure) -> Ending? {
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
      return (record.standardError, record.terminationStatus)
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
      guard take(buffer.bytes) else {
        run.stop()
        return nil
      }
    }
    return try run.ending()
  }
}

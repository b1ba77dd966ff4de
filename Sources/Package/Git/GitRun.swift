// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Subprocess
internal import SystemIO

/// A git that was started.
struct GitRun: Sendable {
  private let command: String
  private let limit: Duration?
  private let cancellation: CancellationFlag?
  private let start = ContinuousClock.now
  private let result = Monitor<Result<Git.Ending, any Error>?>(nil)
  private let task: Task<Void, Never>

  /// Starts `command` by `body`, which returns when it has ended.
  ///
  /// - Parameter limit: how long it may take.
  init(
    _ command: String, limit: Duration?, cancellation: CancellationFlag?,
    _ body: @escaping @Sendable () async throws -> Git.Ending
  ) {
    self.command = command
    self.limit = limit
    self.cancellation = cancellation
    let result = result
    task = Task.detached {
      let outcome: Result<Git.Ending, any Error>
      do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
      result.withLock { $0 = outcome }
      result.wakeAll()
    }
  }

  /// Whether it was called off, or has had its time.
  var isOver: Bool { cancellation?.isCancelled == true || isLate }

  private var isLate: Bool { limit.map { ContinuousClock.now - start > $0 } ?? false }

  /// It has printed more than is read.
  var tooMuchOutput: Git.Failure {
    .failed(
      status: nil,
      message: "\(command) prints more than \(Quantity.bytes(Git.outputLimit)), which is more than is read")
  }

  /// Ends it; what it says does not count any longer.
  func stop() { task.cancel() }

  /// Waits until it has ended, and ends it where it `isOver`.
  func ending() throws(Git.Failure) -> Git.Ending {
    var wasLate = isLate
    if isOver { task.cancel() }
    let outcome = result.wait(
      pollingEvery: 50,
      {
        if isLate { wasLate = true }
        if wasLate || cancellation?.isCancelled == true { task.cancel() }
      }, until: { $0 })
    if cancellation?.isCancelled == true { throw .interrupted }
    if wasLate, let limit { throw .tooLate(limit) }
    switch outcome {
    case .success(let ending): return ending
    case .failure(let error as SubprocessError) where error.code == .executableNotFound:
      throw .missing
    case .failure(let error):
      throw .failed(status: nil, message: "\(error)")
    }
  }
}

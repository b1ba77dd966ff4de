// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Dispatch

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Ctrl-C and `kill`, as something to wait for.
struct TerminationSignals {
  private let sources: [any DispatchSourceSignal]
  private let stream: AsyncStream<Void>

  /// From now on these signals don't end the process.
  init() {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    self.stream = stream
    sources = [SIGINT, SIGTERM].map { number in
      _ = signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { continuation.yield() }
      source.resume()
      return source
    }
    // A reader of our output that went away is noticed by write(2).
    _ = signal(SIGPIPE, SIG_IGN)
  }

  /// Returns when the first one has come.
  func first() async {
    for await _ in stream { break }
    for source in sources { source.cancel() }
  }
}

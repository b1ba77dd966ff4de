// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Synchronization

/// Hears a client's events and pauses; no time passes.
final class Recorder: Sendable {
  private let heard = Mutex<[APIEvent]>([])
  private let slept = Mutex<[Duration]>([])

  /// The token of all tests: recognisable wherever it may turn up.
  static let secret = "apify_api_Xq7secret0Token"

  var events: [APIEvent] { heard.withLock { $0 } }
  var pauses: [Duration] { slept.withLock { $0 } }

  /// A client of the server at `url`: no pause takes time, and an attempt's time never ends, unless `change`
  /// says so.
  func client(
    of url: String, retries: Int = 8, change: (inout ClientConfiguration) -> Void = { _ in }
  ) throws -> ApifyClient {
    let agent = ClientConfiguration.userAgent(version: "1.2.3")
    var configuration = ClientConfiguration(userAgent: agent) { event in
      self.heard.withLock { $0.append(event) }
    }
    configuration.retries.maximumRetries = retries
    configuration.clock = ClientClock(
      now: { .zero },
      pause: { duration in self.slept.withLock { $0.append(duration) } },
      timer: { _ in try await never() },
      jitter: { 0 })
    change(&configuration)
    return ApifyClient(
      root: try APIRoot(url), token: try APIToken(Self.secret), configuration: configuration)
  }
}

/// Returns when the task is cancelled, by throwing.
func never() async throws {
  let (stream, _) = AsyncStream.makeStream(of: Void.self)
  for await _ in stream {}
  throw CancellationError()
}

/// What `operation` throws, if it is one of ours.
func apiError(_ operation: () async throws -> some Any) async -> APIError? {
  do {
    _ = try await operation()
    return nil
  } catch {
    return error as? APIError
  }
}

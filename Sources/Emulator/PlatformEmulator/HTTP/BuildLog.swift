// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import NIOCore
internal import PlatformModel

/// The log of a build or run, as it is sent.
struct BuildLog: Sendable {
  let store: PlatformStore
  let id: String
  /// Whether it is sent as long as its job goes on, or only as far as it is.
  let isStreamed: Bool
  let end: BuildLogEnd
  /// The connection: nothing else ends a stream that never ends by itself.
  let channel: any Channel

  func write(to writer: inout any ResponseBodyWriter) async throws {
    let signal = store.signal
    if isStreamed { channel.closeFuture.whenComplete { _ in signal.notify() } }
    var count = 0
    while let lines = await next(after: count) {
      try await writer.write(ByteBuffer(string: lines.map { $0 + "\n" }.joined()))
      count += lines.count
      if end == .early || !isStreamed { break }
    }
    try await writer.finish(nil)
  }

  /// The lines after the first `count`, as soon as there are some; nil where none will come.
  private func next(after count: Int) async -> [String]? {
    let found = await store.signal.wait(for: {
      let state = store.read { $0 }
      guard channel.isActive, let log = state.log(of: id) else { return [] as [String]? }
      let lines = Array(log.dropFirst(count))
      let isOver = !isStreamed || (state.hasEnded(id) != false && end != .never)
      return lines.isEmpty && !isOver ? nil : lines
    })
    guard let found, !found.isEmpty else { return nil }
    return found
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import FoundationEssentials
internal import SystemIO

/// What the platform named the last time, in one file of the user's state directory. A file that is damaged
/// is no memory.
struct CompletionMemory {
  /// An Actor of a platform; without one, the account.
  struct Key {
    let root: APIRoot
    let actor: ActorReference?

    fileprivate var text: String { "\(root) \(actor.map(\.description) ?? "")" }
  }

  private struct Document: Codable {
    static let current = 1
    var format = Self.current
    var entries: [String: Dated] = [:]
  }

  private struct Dated: Codable {
    /// Milliseconds since 1970.
    let asked: Int
    let values: ActorValues
  }

  /// How many Actors are remembered.
  private static let capacity = 200

  private let directory: [UInt8]?

  /// The memory in `directory`; none where it is nil.
  init(_ directory: [UInt8]?) { self.directory = directory }

  /// What is remembered of `key`.
  func recall(_ key: Key) -> ActorValues? { read().entries[key.text]?.values }

  /// Keeps `values`; where that fails they are asked for again.
  func keep(_ values: ActorValues, for key: Key) {
    guard let directory, let path else { return }
    var document = read()
    document.entries[key.text] = Dated(asked: ProcessEnvironment.now, values: values)
    while document.entries.count > Self.capacity,
      let oldest = document.entries.min(by: { $0.value.asked < $1.value.asked })
    {
      document.entries[oldest.key] = nil
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(document) else { return }
    try? Paths.makeDirectory(directory, mode: 0o700)
    try? OutputFile.write(Array(data), to: path, mode: 0o600)
  }

  private var path: [UInt8]? { directory.map { Paths.join($0, Array("completion.json".utf8)) } }

  private func read() -> Document {
    guard let path, let contents = Paths.contentsOfRegularFile(path),
      let document = try? JSONDecoder().decode(Document.self, from: Data(contents)),
      document.format == Document.current
    else { return Document() }
    return document
  }
}

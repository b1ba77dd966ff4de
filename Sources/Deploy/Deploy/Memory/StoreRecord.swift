// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import FoundationEssentials

/// What a push leaves for the pushes of other machines: a JSON document in the Actor's own store, one of its
/// kind for each version.
protocol StoreRecord: Codable, Sendable {
  /// What its key begins with: "build" of `build-0.1.json`.
  static var kind: String { get }
  /// A longer one is none, in bytes.
  static var limit: Int { get }
  /// ``currentFormat`` of the program that has written it.
  var format: Int { get }
}

/// What is found in the place of a record.
enum RecordFinding<Record: StoreRecord>: Sendable {
  /// No record.
  case nothing
  /// Something that is damaged, or of another time.
  case unreadable
  /// A record.
  case record(Record)

  /// The record, where there is one.
  var record: Record? { if case .record(let record) = self { record } else { nil } }
}

extension StoreRecord {
  /// The format that is written, and the only one that is read.
  static var currentFormat: Int { 1 }

  /// Its key in the store.
  static func key(version: String) -> String { "\(kind)-\(version).json" }

  /// Reads a record; nil where it is none.
  init?(_ contents: [UInt8]) {
    guard let record = try? JSONDecoder().decode(Self.self, from: Data(contents)),
      record.format == Self.currentFormat
    else { return nil }
    self = record
  }

  /// The record as it is written.
  func contents() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }

  /// The record of the version `number` of the Actor `id`, in the store of `owner`.
  static func find(
    version number: String, actor id: String, owner: String, on platform: any Platform
  ) async throws -> RecordFinding<Self> {
    let contents = try await platform.record(
      store: Push.store(of: id, owner: owner), key: key(version: number), limit: limit)
    guard let contents else { return .nothing }
    return Self(contents).map { .record($0) } ?? .unreadable
  }

  /// Writes it as that; the store is created where it is missing.
  func put(version number: String, actor id: String, owner: String, on platform: any Platform) async throws {
    let key = Self.key(version: number)
    let body = RequestBody(try contents(), contentType: "application/json")
    do {
      try await platform.putRecord(store: Push.store(of: id, owner: owner), key: key, body: body)
    } catch let error as APIError where error.isNotFound {
      let store = try await platform.getOrCreateStore(name: Push.store(of: id))
      try await platform.putRecord(store: store.id, key: key, body: body)
    }
  }
}

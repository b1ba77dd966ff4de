// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import NIOCore

extension ApifyClient {
  /// The token owner's store called `name`, made where it is not there: `POST key-value-stores?name=`.
  package func getOrCreateStore(name: String) async throws -> KeyValueStore {
    try await run(
      .post(RequestBody([]), to: "key-value-stores", query: [("name", name)]),
      decode: Envelope<KeyValueStore>.decode)
  }

  /// Puts a record into a store, in place of what was there: `PUT key-value-stores/{id}/records/{key}`.
  package func putRecord(store: String, key: String, body: RequestBody) async throws {
    try await run(
      .put(
        body, to: "key-value-stores", store.percentEncodedSegment, "records", key.percentEncodedSegment),
      decode: { _ in })
  }

  /// A record while it comes: `GET key-value-stores/{id}/records/{key}`.
  package func readRecord(
    store: String, key: String, onBegin: () throws -> Void, onBytes: (RawSpan) throws -> Void
  ) async throws -> Int? {
    try await withRecord(store: store, key: key) { reply in
      try onBegin()
      var count = 0
      for try await chunk in reply.chunks {
        try onBytes(chunk.readableBytesSpan)
        count += chunk.readableBytes
      }
      return count
    }
  }

  /// How many bytes a record has.
  ///
  /// - Returns: nil where there is none, or where the platform doesn't say.
  package func recordLength(store: String, key: String) async throws -> Int? {
    try await withRecord(store: store, key: key) { $0.length }.flatMap { $0 }
  }

  /// Has `consume` read a record while it comes; nil where there is none.
  package func withRecord<Output: Sendable>(
    store: String, key: String, _ consume: (StreamedReply) async throws -> Output
  ) async throws -> Output? {
    let call = Call.get(
      "key-value-stores", store.percentEncodedSegment, "records", key.percentEncodedSegment
    ).acceptingAnything()
    return try await nilIfNotFound { try await stream(call, consume) }
  }
}

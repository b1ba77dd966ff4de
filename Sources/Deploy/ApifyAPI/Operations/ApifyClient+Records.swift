// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import NIOCore

extension ApifyClient {
  /// The store called `name` of the token's owner, created where it is missing: `POST
  /// key-value-stores?name=`.
  package func getOrCreateStore(name: String) async throws -> KeyValueStore {
    try await run(
      .post(RequestBody([]), to: "key-value-stores", query: [("name", name)]),
      decode: Envelope<KeyValueStore>.decode)
  }

  /// Writes a record, in place of one that is there: `PUT key-value-stores/{id}/records/{key}`.
  package func putRecord(store: String, key: String, body: RequestBody) async throws {
    try await run(
      .put(
        body, to: "key-value-stores", store.percentEncodedSegment, "records", key.percentEncodedSegment),
      decode: { _ in })
  }

  /// Reads a record while it arrives: `GET key-value-stores/{id}/records/{key}`.
  ///
  /// Where the connection breaks or stalls within the record, the read begins anew, within the retry policy.
  ///
  /// - Parameters:
  ///   - onBegin: called before the first byte of each attempt.
  ///   - onBytes: called with the bytes in order.
  /// - Returns: the number of bytes; nil where there is no record.
  /// - Throws: `APIError`, `CancellationError`, and what `onBegin` or `onBytes` throws.
  package func readRecord(
    store: String, key: String, onBegin: () throws -> Void, onBytes: (RawSpan) throws -> Void
  ) async throws -> Int? {
    try await streamRecord(store: store, key: key) { body in
      try onBegin()
      while let chunk = try await body.next() { try onBytes(chunk.readableBytesSpan) }
      return await body.byteCount
    }
  }

  /// The keys of a store's records that begin with `prefix`, in the platform's order: `GET
  /// key-value-stores/{id}/keys`, page by page.
  ///
  /// - Returns: nil where there is no such store.
  package func recordKeys(store: String, prefix: String) async throws -> [String]? {
    try await nilIfNotFound {
      var keys: [String] = []
      var start: String?
      repeat {
        var query = [(name: "limit", value: "1000")]
        if let start { query.append(("exclusiveStartKey", start)) }
        let page = try await run(
          .get("key-value-stores", store.percentEncodedSegment, "keys", query: query),
          decode: Envelope<RecordKeyPage>.decode)
        keys += page.items.map(\.key).filter { $0.hasPrefix(prefix) }
        // A page that leads to itself would never end.
        start = page.isTruncated && page.nextExclusiveStartKey != start ? page.nextExclusiveStartKey : nil
      } while start != nil
      return keys
    }
  }

  /// Removes a record: `DELETE key-value-stores/{id}/records/{key}`. One that is gone already is no error.
  package func removeRecord(store: String, key: String) async throws {
    _ = try await nilIfNotFound {
      try await run(
        .delete("key-value-stores", store.percentEncodedSegment, "records", key.percentEncodedSegment),
        decode: { _ in })
    }
  }

  /// The end of a record: its last `count` bytes, or all of a shorter one.
  ///
  /// - Returns: nil where there is no record.
  package func recordTail(store: String, key: String, count: Int) async throws -> RecordTail? {
    try await streamRecord(store: store, key: key, tail: count) { body in
      try body.requireIdentity()
      guard body.isPart else { return RecordTail(recordLength: body.total, bytes: nil) }
      var bytes: [UInt8] = []
      while let chunk = try await body.next(), bytes.count <= count {
        bytes.append(contentsOf: chunk.readableBytesView)
      }
      return RecordTail(recordLength: body.total, bytes: bytes)
    }
  }

  private func streamRecord<Output>(
    store: String, key: String, tail: Int? = nil, _ read: (StreamedBody) async throws -> Output
  ) async throws -> Output? {
    var call = Call.get(
      "key-value-stores", store.percentEncodedSegment, "records", key.percentEncodedSegment
    ).acceptingAnything()
    if let tail { call = call.askingForTail(tail) }
    call.mayLeaveOrigin = true
    return try await nilIfNotFound {
      try await stream(call, readLimit: configuration.timeouts.read, read: read)
    }
  }
}

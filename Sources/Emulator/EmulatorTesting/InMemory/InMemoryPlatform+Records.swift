// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
internal import PlatformEmulator
internal import PlatformModel

extension InMemoryPlatform {
  package func getOrCreateStore(name: String) async throws -> KeyValueStore {
    let request = Call.post(RequestBody([]), to: "key-value-stores", query: [("name", name)])
    return try await carryOut(.getOrCreateStore, request) {
      let user = try user
      let (record, _) = try store.update { state throws(PlatformError) in
        try state.getOrCreateStore(
          named: name, for: user, id: Identifier.make(), secret: Identifier.makeSecret(), at: now)
      }
      return try model(from: store.read { $0.view(of: record, for: user, root: root.description) })
    }
  }

  package func putRecord(store reference: String, key: String, body: RequestBody) async throws {
    let request = Call.put(body, to: "key-value-stores", reference, "records", key.percentEncodedSegment)
    try await carryOut(.putRecord, request) {
      let user = try user
      let key = try RecordKey.checked(key)
      try store.read { state throws(PlatformError) in
        try state.requireWritable(user)
        _ = try state.store(reference, for: user)
      }
      let encoding = try ContentEncoding(header: body.encoding.rawValue)
      let bytes = try encoding.decoded(try await bytes(of: body), limit: .max)
      let name = Identifier.make()
      contents[name] = bytes
      let before = try store.update { state throws(PlatformError) in
        try state.put(
          StoreRecord.Record(contentType: body.contentType, byteCount: bytes.count, contents: name), as: key,
          into: reference, for: user, at: now)
      }
      if let before { contents[before.contents] = nil }
    }
  }

  package func readRecord(
    store reference: String, key: String, onBegin: () throws -> Void, onBytes: (RawSpan) throws -> Void
  ) async throws -> Int? {
    let request = Call.get("key-value-stores", reference, "records", key.percentEncodedSegment)
    return try await find(.readRecord, request) {
      let bytes = contents[try find(key, in: reference).contents] ?? []
      try onBegin()
      // SAFETY: bytes have no padding, and the span is read within the call.
      if !bytes.isEmpty { try onBytes(unsafe bytes.span.bytes) }
      return bytes.count
    }
  }

  package func recordTail(store reference: String, key: String, count: Int) async throws -> RecordTail? {
    let request = Call.get("key-value-stores", reference, "records", key.percentEncodedSegment)
    return try await find(.recordTail, request) {
      let bytes = contents[try find(key, in: reference).contents] ?? []
      return RecordTail(recordLength: bytes.count, bytes: bytes.suffix(count))
    }
  }

  package func recordKeys(store reference: String, prefix: String) async throws -> [String]? {
    try await find(.recordKeys, .get("key-value-stores", reference, "keys")) {
      let user = try user
      let store = try store.read { state throws(PlatformError) in try state.store(reference, for: user) }
      return store.records.keys.filter { $0.hasPrefix(prefix) }.sorted()
    }
  }

  package func removeRecord(store reference: String, key: String) async throws {
    let request = Call.delete("key-value-stores", reference, "records", key.percentEncodedSegment)
    _ = try await find(.removeRecord, request) {
      let user = try user
      let removed = try store.update { state throws(PlatformError) in
        try state.removeRecord(key, from: reference, for: user, at: now)
      }
      if let removed { contents[removed.contents] = nil }
    }
  }

  private func find(_ key: String, in reference: String) throws -> StoreRecord.Record {
    let user = try user
    let key = try RecordKey.checked(key)
    return try store.read { state throws(PlatformError) in
      try state.record(key, of: reference, token: user.token, signature: nil)
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension PlatformState {
  /// The store called `name` of `user`, created with `id` and `secret` if it is missing; and whether it was.
  /// Without a name it is a new one.
  package mutating func getOrCreateStore(
    named name: String?, for user: User, id: String, secret: String, at now: Timestamp
  ) throws(PlatformError) -> (store: StoreRecord, isNew: Bool) {
    try requireWritable(user)
    if let name { try TextRules.checkStoreName(name) }
    if let name, let store = stores.values.first(where: { $0.userId == user.id && $0.name == name }) {
      return (store, false)
    }
    let store = StoreRecord(
      id: id, userId: user.id, name: name, urlSigningSecretKey: secret, createdAt: now)
    keep(store)
    return (store, true)
  }

  /// The stores of `user`, the oldest first: those with names, or also the others.
  package func stores(of user: User, withUnnamed: Bool) -> [StoreRecord] {
    stores.values.filter { $0.userId == user.id && (withUnnamed || $0.name != nil) }
      .sorted { ($0.created, $0.id) < ($1.created, $1.id) }
  }

  /// Removes a store and returns its records.
  package mutating func deleteStore(
    _ reference: String, for user: User
  ) throws(PlatformError) -> [StoreRecord.Record] {
    try requireWritable(user)
    let store = try store(reference, for: user)
    stores[store.id] = nil
    changes.stores = true
    return Array(store.records.values)
  }

  /// The store with this id, or `~name` and `username~name`, for its owner.
  package func store(_ reference: String, for user: User) throws(PlatformError) -> StoreRecord {
    let parts = reference.split(separator: "~", omittingEmptySubsequences: false)
    let found = stores.values.first { store in
      if parts.count == 1 { return store.id == reference }
      return parts.count == 2 && store.name == String(parts[1])
        && (parts[0].isEmpty || parts[0] == user.username)
        && store.userId == user.id
    }
    guard let found else { throw .notFound("Key-value store") }
    guard found.userId == user.id else { throw .notFoundForToken("Key-value store") }
    return found
  }

  /// The record `key` of a store, for a request with its owner's token or with the signature of its address.
  package func record(
    _ key: String, of reference: String, token: String?, signature: String?
  ) throws(PlatformError) -> StoreRecord.Record {
    let store: StoreRecord
    if let token {
      store = try self.store(reference, for: try user(withToken: token))
    } else {
      guard let found = stores[reference] else { throw .notFound("Key-value store") }
      guard let signature, found.isSigned(key, by: signature) else { throw .insufficientPermissions }
      store = found
    }
    guard let record = store.records[key] else { throw .notFound("Record") }
    return record
  }

  /// Puts `record` into a store and returns the one that it replaces.
  @discardableResult
  package mutating func put(
    _ record: StoreRecord.Record, as key: String, into reference: String, for user: User,
    at now: Timestamp
  ) throws(PlatformError) -> StoreRecord.Record? {
    try requireWritable(user)
    var store = try store(reference, for: user)
    let before = store.records.updateValue(record, forKey: key)
    store.modifiedAt = now
    keep(store)
    return before
  }

  /// Removes the record `key` from a store and returns it; nil if there was none.
  package mutating func removeRecord(
    _ key: String, from reference: String, for user: User, at now: Timestamp
  ) throws(PlatformError) -> StoreRecord.Record? {
    try requireWritable(user)
    var store = try store(reference, for: user)
    let before = store.records.removeValue(forKey: key)
    if before != nil {
      store.modifiedAt = now
      keep(store)
    }
    return before
  }

  /// The keys of a store's records that begin with `prefix`, in their order, at most `limit` of those behind
  /// `start`.
  ///
  /// - Parameter root: where this platform is, for the addresses of the records.
  package func recordKeys(
    of reference: String, behind start: String?, prefix: String = "", limit: Int, for user: User,
    root: String
  ) throws(PlatformError) -> RecordKeyList {
    let store = try store(reference, for: user)
    let keys = store.records.filter { $0.key.hasPrefix(prefix) }.sorted { $0.key < $1.key }
    let rest = start.map { start in keys.filter { $0.key > start } } ?? keys
    return RecordKeyList(
      rest.prefix(limit).map { key, record in
        RecordKeyList.Item(
          key: key, size: record.byteCount, recordPublicUrl: store.recordURL(key, root: root))
      }, limit, start, of: rest.count)
  }

  mutating func keep(_ store: StoreRecord) {
    stores[store.id] = store
    changes.stores = true
  }
}

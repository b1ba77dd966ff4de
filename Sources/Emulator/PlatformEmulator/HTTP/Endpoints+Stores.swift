// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import PlatformModel
internal import SystemIO

extension Endpoints {
  func registerStores(on stores: RouterGroup<EmulatorContext>) {
    stores.post { request, _ in
      let user = try user(of: request)
      let name = request.uri.queryParameters["name"].map { String($0) }
      let (record, isNew) = try store.update { state throws(PlatformError) in
        try state.getOrCreateStore(
          named: name, for: user, id: Identifier.make(), secret: Identifier.makeSecret(), at: clock())
      }
      return try Answer.data(view(record, user), status: isNew ? .created : .ok)
    }

    stores.get { request, _ in
      let user = try user(of: request)
      let own = store.read { $0.stores(of: user, withUnnamed: request.isSet("unnamed")) }
      return try Answer.data(try request.page(of: own) { view($0, user) })
    }

    stores.get("{store}") { request, context in
      let user = try user(of: request)
      let record = try store.read { state throws(PlatformError) in
        try state.store(context.storeReference, for: user)
      }
      return try Answer.data(view(record, user))
    }

    stores.delete("{store}") { request, context in
      let user = try user(of: request)
      let removed = try store.update { state throws(PlatformError) in
        try state.deleteStore(context.storeReference, for: user)
      }
      for record in removed { contents.remove(record.contents) }
      return Answer.noContent
    }

    stores.get("{store}/keys") { request, context in
      let user = try user(of: request)
      let limit = try request.pageLimit
      let start = request.uri.queryParameters["exclusiveStartKey"].map { String($0) }
      let prefix = request.uri.queryParameters["prefix"].map { String($0) } ?? ""
      let list = try store.read { [root] state throws(PlatformError) in
        try state.recordKeys(
          of: context.storeReference, behind: start, prefix: prefix, limit: limit, for: user, root: root)
      }
      return try Answer.data(list)
    }

    let record = stores.group("{store}/records/{key}")
    record.put { request, context in try await putRecord(request, context) }
    record.get { request, context in try getRecord(request, context) }
    record.head { request, context in try getRecord(request, context).createHeadResponse() }
    record.delete { request, context in
      let user = try user(of: request)
      let removed = try store.update { state throws(PlatformError) in
        try state.removeRecord(try context.recordKey, from: context.storeReference, for: user, at: clock())
      }
      if let removed { contents.remove(removed.contents) }
      return Answer.noContent
    }
  }

  private func view(_ record: StoreRecord, _ user: User) -> StoreView {
    store.read { [root] in $0.view(of: record, for: user, root: root) }
  }

  private func putRecord(_ request: Request, _ context: EmulatorContext) async throws -> Response {
    let user = try user(of: request)
    let (reference, key) = (context.storeReference, try context.recordKey)
    // Before the body is read, which may be gigabytes.
    try store.read { state throws(PlatformError) in
      try state.requireWritable(user)
      _ = try state.store(reference, for: user)
    }
    let encoding = try ContentEncoding(header: request.headers[.contentEncoding])
    let kept = try await contents.keep(request.body, encoding: encoding) { count in
      context.exchange.note { $0.wireBytes += count }
    }
    context.exchange.note { $0.payloadBytes = kept.byteCount }
    do {
      try Self.requireWhole(request, received: context.exchange.current.wireBytes)
      let record = StoreRecord.Record(
        contentType: request.headers[.contentType] ?? "application/octet-stream", byteCount: kept.byteCount,
        contents: kept.name)
      let before = try store.update { state throws(PlatformError) in
        try state.put(record, as: key, into: reference, for: user, at: clock())
      }
      if let before { contents.remove(before.contents) }
    } catch {
      contents.remove(kept.name)
      throw error
    }
    return try Answer.data([String: String](), status: .created)
  }

  private static func requireWhole(_ request: Request, received: Int) throws(PlatformError) {
    guard let announced = request.headers[.contentLength].flatMap({ Int($0) }), announced != received else {
      return
    }
    throw .invalidInput("the body has \(received) bytes of \(announced)")
  }

  /// The bytes that a `Range` header of the form `bytes=-N` or `bytes=A-[B]` asks for; nil where all are
  /// sent, as for a form that is not known.
  private static func range(_ header: String, of count: Int) -> Range<Int>? {
    guard header.hasPrefix("bytes="), count > 0 else { return nil }
    let parts = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    if parts[0].isEmpty { return Int(parts[1]).map { count - Swift.min($0, count)..<count } }
    guard let start = Int(parts[0]), start < count else { return nil }
    let end = parts[1].isEmpty ? count - 1 : Int(parts[1]) ?? count - 1
    return end >= start ? start..<Swift.min(end, count - 1) + 1 : nil
  }

  private func getRecord(_ request: Request, _ context: EmulatorContext) throws -> Response {
    let record = try store.read { state throws(PlatformError) in
      try state.record(
        try context.recordKey, of: context.storeReference, token: request.bearerToken,
        signature: request.uri.queryParameters["signature"].map { String($0) })
    }
    let file = try contents.file(record.contents)
    let part = request.headers[.range].flatMap { Self.range($0, of: record.byteCount) }
    let range = part ?? 0..<record.byteCount
    var headers: HTTPFields = [.contentType: record.contentType]
    if part != nil {
      headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(record.byteCount)"
    }
    return Response(
      status: part == nil ? .ok : .partialContent, headers: headers,
      body: ResponseBody(contentLength: range.count) { writer in
        var offset = range.lowerBound
        while offset < range.upperBound {
          let bytes = try file.descriptor.bytes(
            at: offset, count: Swift.min(256 << 10, range.upperBound - offset))
          if bytes.isEmpty { throw PlatformError.internalError("the record's file has become shorter") }
          try await writer.write(ByteBuffer(bytes: bytes))
          offset += bytes.count
        }
        try await writer.finish(nil)
      })
  }
}

extension EmulatorContext {
  fileprivate var storeReference: String {
    parameters.get("store").flatMap { PercentEncoding.decode($0) } ?? ""
  }

  fileprivate var recordKey: String {
    get throws(PlatformError) {
      try RecordKey.checked(parameters.get("key").flatMap { PercentEncoding.decode($0) } ?? "")
    }
  }
}

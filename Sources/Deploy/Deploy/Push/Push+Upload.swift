// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

extension Push {
  /// The name of the store of an Actor's zips.
  static func store(of id: String) -> String { "actor-\(id)-source" }

  /// How requests that do not create it name the store.
  static func store(of id: String, owner: String) -> String { "\(owner)~\(store(of: id))" }

  /// Puts the zip, and what it holds, into the Actor's own store, unless they are there. Returns the address
  /// for the builder.
  func upload(
    _ zip: ZipSpool.Contents, _ id: String, _ plan: PushPlan,
    _ onUpload: @escaping @Sendable (Int) -> Void
  ) async throws(DeployError) -> String {
    let manifest = plan.package.manifest
    let key = ArchiveKey(
      version: number, manifest: manifest, provenance: plan.provenance?.withoutTag,
      byteCount: zip.byteCount)
    return try await platform.ask {
      let store = try await platform.getOrCreateStore(name: Self.store(of: id))
      let address = RecordAddress(root: platform.root, store: store, key: key.text)
      let record = ManifestRecord(of: address)
      let tail = try zip.tail(count: ManifestRecord.tailBytes)
      if let found = try await record.read(platform) {
        if let lease = found.lease, !lease.isAging(at: platform.time), found.provenance == plan.provenance {
          return address.url
        }
        try await record.write(manifest, plan.provenance, tail: tail, platform)
        // Before that it may have been removed as one that was left behind.
        if try await record.read(platform) != nil { return address.url }
      }
      var body = RequestBody(length: zip.byteCount, contentType: "application/zip") { offset, count in
        try zip.bytes(at: offset, count: count)
      }
      body.onProgress = onUpload
      let archive = body
      // Side by side: one without the other is not believed.
      async let written = record.write(manifest, plan.provenance, tail: tail, platform)
      try await platform.putRecord(store: address.store, key: key.text, body: archive)
      if try await written.isAging(at: platform.time) {
        try await record.write(manifest, plan.provenance, tail: tail, platform)
      }
      return address.url
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import FoundationEssentials
internal import SystemIO

/// What the last build of a version was started with beside the files, in the Actor's store: a machine that
/// did not start it can tell by that whether a variable was changed since, which no build shows.
///
/// It holds a keyed digest of what the platform shows: of a secret, the name.
struct BuildRecord: Codable, Sendable, Equatable {
  private static let format = 1
  private static let limit = 1 << 16
  /// How long a push waits for it to be written.
  private static let patience = Duration.seconds(10)

  private var format = Self.format
  /// The build's id.
  let build: String
  /// The key of the digest.
  private let salt: String
  /// The digest; nil where the version has been changed since by `version set`, perhaps in what the platform
  /// does not show.
  private let settings: String?

  /// What is found in the store.
  enum Finding {
    /// No record, or none that may be read.
    case nothing
    /// Something that is damaged, or of another time.
    case unreadable
    /// A record.
    case record(BuildRecord)
  }

  /// The record of `build`, which was started with `settings`.
  init(of build: String, _ settings: FrozenSettings) {
    salt = RememberedVariables().salt
    self.build = build
    self.settings = settings.digest(salt: salt)
  }

  /// The record that says that the version has been changed since `build`.
  init(outdated build: String) {
    (self.build, salt, settings) = (build, "", nil)
  }

  /// Reads a record; nil where it is none.
  init?(_ contents: [UInt8]) {
    guard let record = try? JSONDecoder().decode(Self.self, from: Data(contents)),
      record.format == Self.format
    else { return nil }
    self = record
  }

  /// The record as it is written.
  func contents() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return Array(try encoder.encode(self))
  }

  /// Whether the version has been changed since the build.
  var isOutdated: Bool { settings == nil }

  /// Whether the build was started with `settings`.
  func isOf(_ settings: FrozenSettings) -> Bool { self.settings == settings.digest(salt: salt) }

  /// Its key in the store.
  static func key(version: String) -> String { "build-\(version).json" }

  /// What the last build of the version `number` of the Actor `id` has left in the store of `owner`.
  static func find(
    version number: String, actor id: String, owner: String, on platform: any Platform
  ) async -> Finding {
    let asked = await platform.result {
      try await platform.record(
        store: Push.store(of: id, owner: owner), key: key(version: number), limit: limit)
    }
    guard case .success(let contents?) = asked else { return .nothing }
    return BuildRecord(contents).map { .record($0) } ?? .unreadable
  }

  /// Writes it. Where that fails, or takes long, a push from elsewhere builds once more, perhaps.
  func write(version number: String, actor id: String, owner: String, on platform: any Platform) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        _ = await platform.result {
          try await platform.putRecord(
            try contents(), key: Self.key(version: number), ofActor: id, owner: owner)
        }
      }
      group.addTask { try? await Task.sleep(for: Self.patience) }
      await group.next()
      group.cancelAll()
    }
  }
}

extension Platform {
  /// Writes the JSON `contents` as the record `key` of the store of the Actor `id`, which is created where it
  /// is missing.
  func putRecord(_ contents: [UInt8], key: String, ofActor id: String, owner: String) async throws {
    let body = RequestBody(contents, contentType: "application/json")
    do {
      try await putRecord(store: Push.store(of: id, owner: owner), key: key, body: body)
    } catch let error as APIError where error.isNotFound {
      let store = try await getOrCreateStore(name: Push.store(of: id))
      try await putRecord(store: store.id, key: key, body: body)
    }
  }
}

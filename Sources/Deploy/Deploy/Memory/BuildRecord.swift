// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI

/// What the last build of a version was started with beside the files, in the Actor's store: a machine that
/// did not start it can tell by that whether a variable was changed since, which no build shows.
///
/// It holds a keyed digest of what the platform shows: of a secret, the name.
struct BuildRecord: StoreRecord, Equatable {
  static let kind = "build"
  static let limit = 1 << 16
  /// How long a push waits for it to be written.
  private static let patience = Duration.seconds(10)

  private(set) var format = currentFormat
  /// The build's id.
  let build: String
  /// The key of the digest.
  private let salt: String
  /// The digest; nil where the version has been changed since by `version set`, perhaps in what the platform
  /// does not show.
  private let settings: String?

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

  /// Whether the version has been changed since the build.
  var isOutdated: Bool { settings == nil }

  /// Whether the build was started with `settings`.
  func isOf(_ settings: FrozenSettings) -> Bool { self.settings == settings.digest(salt: salt) }

  /// What the last build of the version `number` of the Actor `id` has left in the store of `owner`; nothing,
  /// too, where it may not be read.
  static func left(
    version number: String, actor id: String, owner: String, on platform: any Platform
  ) async -> RecordFinding<Self> {
    let asked = await platform.result {
      try await find(version: number, actor: id, owner: owner, on: platform)
    }
    return (try? asked.get()) ?? .nothing
  }

  /// Writes it. Where that fails, or takes long, a push from elsewhere builds once more, perhaps.
  ///
  /// - Returns: why it failed.
  @discardableResult
  func write(
    version number: String, actor id: String, owner: String, on platform: any Platform
  ) async -> DeployError? {
    let written = await within(Self.patience) {
      await platform.result { try await put(version: number, actor: id, owner: owner, on: platform) }
    }
    if Task.isCancelled { return nil }
    switch written {
    case .success?: return nil
    case .failure(let error)?: return error
    case nil: return .platform(APIError(type: .timeout, message: "no answer"), platform.root)
    }
  }
}

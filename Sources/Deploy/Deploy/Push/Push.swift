// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
package import ApifyAPI
package import SystemIO

/// The steps of a push: look, then act.
package struct Push: Sendable {
  let platform: any Platform
  let settings: PushSettings
  let stateDirectory: [UInt8]?
  let spoolDirectories: [[UInt8]]
  let cancellation: CancellationFlag
  let account: SharedAccount
  /// What has been changed so far.
  let progress = ProgressRecord()

  /// A push by `settings`.
  ///
  /// - Parameters:
  ///   - stateDirectory: keeps the common bases of pushes; nil for none.
  ///   - spoolDirectories: where temporary files may be.
  ///   - account: the token's, which other pushes may have asked for already.
  package init(
    _ settings: PushSettings, platform: any Platform, stateDirectory: [UInt8]?,
    spoolDirectories: [[UInt8]], cancellation: CancellationFlag,
    account: SharedAccount = SharedAccount()
  ) {
    self.platform = platform
    self.settings = settings
    self.stateDirectory = stateDirectory
    self.spoolDirectories = spoolDirectories
    self.cancellation = cancellation
    self.account = account
  }

  var number: String { settings.version.description }
  var memory: VersionMemory? { stateDirectory.map { VersionMemory(directory: $0) } }

  func key(_ actorID: String) -> VersionMemory.Key {
    VersionMemory.Key(root: platform.root.description, actorID: actorID, version: number)
  }
}

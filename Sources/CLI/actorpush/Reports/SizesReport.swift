// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Checks
internal import Deploy
internal import SourcePackage
internal import SystemIO

/// A limit of the platform, and what a package or a file takes of it.
struct LimitReport: Encodable, Sendable {
  let bytes: Int
  let limit: Int
}

/// What a package takes, in JSON.
struct SizesReport: Encodable, Sendable {
  struct Share: Encodable, Sendable {
    let path: String
    let bytes: Int
  }

  let files: Int
  let folders: Int
  let bytes: Int
  let inline: LimitReport
  let request: LimitReport
  let largestFiles: [Share]
  let largestFolders: [Share]

  init(_ outcome: CheckOperation.Outcome) {
    let sizes = outcome.sizes
    files = outcome.summary.files
    folders = outcome.summary.folders
    bytes = sizes.bytes
    inline = LimitReport(bytes: sizes.inlineBytes, limit: sizes.inlineLimit)
    request = LimitReport(bytes: sizes.requestBytes, limit: sizes.requestLimit)
    largestFiles = outcome.summary.largest.map {
      Share(path: TerminalText.utf8($0.path), bytes: $0.bytes)
    }
    largestFolders = outcome.folders.map { Share(path: TerminalText.utf8($0.path), bytes: $0.bytes) }
  }
}

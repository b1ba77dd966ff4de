// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Crypto
internal import FoundationEssentials
internal import SystemIO

/// Which account the Actors of a directory belong to that actor.json gives a bare name: a name means another
/// Actor with another's token. One file for each directory, in the user's state directory.
struct AccountMemory: Sendable {
  private struct Record: Codable {
    static let format = 1
    var format = Self.format
    let account: Account
  }

  private let path: [UInt8]
  private let directory: [UInt8]

  /// The memory in `state` for the Actors of the directory at `location`, on `root`.
  init(_ location: ProjectLocation, root: String, in state: [UInt8]) {
    let place = location.resolvedDirectory
    let name = Hex.lowercase(SHA256.hash(data: Array(root.utf8) + [0] + place).prefix(16))
    self.directory = state
    path = Paths.join(state, Array("\(name).account".utf8))
  }

  /// The account that was pushed to; nil where none is known.
  func recall() -> Account? {
    guard let contents = Paths.contents(path),
      let record = try? JSONDecoder().decode(Record.self, from: Data(contents)),
      record.format == Record.format
    else { return nil }
    return record.account
  }

  /// Keeps that `account` was pushed to; a failure costs no more than the check.
  func keep(_ account: Account) {
    if recall() == account { return }
    guard let contents = try? JSONEncoder().encode(Record(account: account)) else { return }
    try? Paths.makeDirectory(directory, mode: 0o700)
    try? OutputFile.write(Array(contents), to: path, mode: 0o600)
  }
}

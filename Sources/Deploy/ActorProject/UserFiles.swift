// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// The files of the Apify CLI in the user's home directory, `~/.apify`.
package struct UserFiles: Sendable {
  /// The file of the secrets, as messages name it.
  package static let secrets = "~/.apify/secrets.json"

  private let home: [UInt8]?

  /// The files below the home directory `home`; none where it is nil.
  package init(home: [UInt8]?) { self.home = home }

  /// The token in `~/.apify/auth.json`; nil where the file is missing or has none.
  ///
  /// - Throws: `ProjectError` where the file is not valid, or the token is in a keyring, which is not read.
  package func token() throws(ProjectError) -> String? {
    guard let file = try read("auth.json") else { return nil }
    if let token = try file.string("token"), !token.isEmpty { return token }
    if try file.string("secretsBackend") == "keyring" {
      throw ProjectError(
        .noToken, file: "~/.apify/auth.json",
        reason: "the token is kept in the system's keyring, which is not read here", help: "set APIFY_TOKEN")
    }
    return nil
  }

  /// The secret `name` in `~/.apify/secrets.json`; nil where there is none.
  package func secret(_ name: String) throws(ProjectError) -> String? {
    try read("secrets.json")?.string(name)
  }

  /// All secrets, sorted by name.
  ///
  /// - Throws: `ProjectError` where the file is there, and does not tell them all.
  package func secrets() throws(ProjectError) -> [(name: String, value: String)] {
    guard let file = try read("secrets.json") else { return [] }
    var secrets: [(name: String, value: String)] = []
    for name in file.members.keys.sorted() {
      if let value = try file.string(name) { secrets.append((name, value)) }
    }
    return secrets
  }

  private func read(_ name: String) throws(ProjectError) -> JSONFile? {
    guard let home else { return nil }
    let path = Paths.join(home, Array(".apify/\(name)".utf8))
    guard let text = Paths.contents(path) else {
      if !mayBeThere(path, in: home) { return nil }
      throw ProjectError(
        .invalidUserFile, file: "~/.apify/\(name)", reason: "cannot be read, or is no regular file",
        help: "make it a file that can be read" + (name == "auth.json" ? ", or set APIFY_TOKEN" : ""))
    }
    return try JSONFile(text, name: "~/.apify/\(name)", code: .invalidUserFile)
  }

  /// Whether there is, or may be, a file at `path`, which was not read: one in a directory of the user's that
  /// cannot be entered is not known to be missing. A home that cannot be entered is another user's.
  private func mayBeThere(_ path: [UInt8], in home: [UInt8]) -> Bool {
    do throws(SystemError) {
      _ = try Paths.status(CString(path))
      return true
    } catch {
      return !error.saysAbsent && !Paths.isAbsent(Paths.join(home, Array(".apify".utf8)))
        && Paths.status(home + Array("/.".utf8)) != nil
    }
  }
}

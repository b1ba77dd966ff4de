// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// What the user keeps in the home folder for all projects, in the files of Apify's own command line.
package struct UserFiles: Sendable {
  private let home: [UInt8]?

  /// The files below the home folder `home`; nil: there are none.
  package init(home: [UInt8]?) { self.home = home }

  /// The token in `~/.apify/auth.json`; nil where there is no such file or no token in it.
  ///
  /// - Throws: that the file is broken, or that its token is kept in a keyring that is not read here.
  package func token() throws(ProjectError) -> String? {
    guard let file = try read("auth.json") else { return nil }
    if let token = try file.string("token"), !token.isEmpty { return token }
    if try file.string("secretsBackend") == "keyring" {
      throw ProjectError(
        .noToken, file: "~/.apify/auth.json",
        reason: "the token is kept in the system's keyring, which is not read here; set APIFY_TOKEN")
    }
    return nil
  }

  /// The secret called `name` in `~/.apify/secrets.json`; nil where there is none.
  package func secret(_ name: String) throws(ProjectError) -> String? {
    try read("secrets.json")?.string(name)
  }

  /// All secrets, by their names; none where the file cannot be read.
  package func secrets() -> [(name: String, value: String)] {
    guard let members = try? read("secrets.json")?.members else { return [] }
    return members.compactMap { name, value in
      if case .string(let text) = value { (name, text) } else { nil }
    }.sorted { $0.name < $1.name }
  }

  private func read(_ name: String) throws(ProjectError) -> JSONFile? {
    guard let home, let text = Paths.contents(Paths.join(home, Array(".apify/\(name)".utf8))) else {
      return nil
    }
    return try JSONFile(text, name: "~/.apify/\(name)", code: .invalidUserFile)
  }
}

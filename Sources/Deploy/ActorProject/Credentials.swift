// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// The sources of the token. The command line is none of them: `ps` would show it.
package struct Credentials: Sendable {
  /// A file that contains nothing but the token (`--token-file`).
  package var tokenFile: String?
  /// The value of `APIFY_TOKEN`.
  package var variable: String?
  package var userFiles: UserFiles

  package init(tokenFile: String?, variable: String?, userFiles: UserFiles) {
    self.tokenFile = tokenFile
    self.variable = variable
    self.userFiles = userFiles
  }

  /// The first token found, without white space around it.
  package func token() throws(ProjectError) -> String {
    if let tokenFile {
      guard let bytes = Paths.contents(Array(tokenFile.utf8)) else {
        throw ProjectError(.noToken, file: tokenFile, reason: "the token file cannot be read")
      }
      let token = Self.trimmed(bytes)
      guard !token.isEmpty else {
        throw ProjectError(.noToken, file: tokenFile, reason: "the token file is empty")
      }
      return token
    }
    if let variable {
      let token = Self.trimmed(Array(variable.utf8))
      if !token.isEmpty { return token }
    }
    if let token = try userFiles.token() { return token }
    throw ProjectError(
      .noToken, reason: "no API token",
      help: "set APIFY_TOKEN, give --token-file FILE, or log in with the Apify CLI")
  }

  private static func trimmed(_ bytes: [UInt8]) -> String {
    let isSpace = { (byte: UInt8) in byte <= 0x20 }
    var rest = bytes[...].drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return String(decoding: rest, as: UTF8.self)
  }
}

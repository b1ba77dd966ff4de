// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SystemIO

/// The sources of the token. The command line is none of them: `ps` would show it.
package struct Credentials: Sendable {
  /// A file that contains nothing but the token (`--token-file`), as it was read.
  package struct TokenFile: Sendable {
    let name: String
    let contents: Result<[UInt8], InputError>

    package init(name: String, contents: Result<[UInt8], InputError>) {
      self.name = name
      self.contents = contents
    }
  }

  /// Where an option names it.
  package var tokenFile: TokenFile?
  /// The value of `APIFY_TOKEN`.
  package var variable: String?
  package var userFiles: UserFiles

  package init(tokenFile: TokenFile?, variable: String?, userFiles: UserFiles) {
    self.tokenFile = tokenFile
    self.variable = variable
    self.userFiles = userFiles
  }

  /// The first token found, without white space around it.
  package func token() throws(ProjectError) -> String {
    if let tokenFile {
      let bytes: [UInt8]
      do { bytes = try tokenFile.contents.get() } catch {
        throw ProjectError(
          .noToken, file: tokenFile.name, reason: "the token file cannot be read: \(error.reason)")
      }
      let token = Self.trimmed(bytes)
      guard !token.isEmpty else {
        throw ProjectError(.noToken, file: tokenFile.name, reason: "the token file is empty")
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

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private static func trimmed(_ bytes: [UInt8]) -> String {
    let isSpace = { (byte: UInt8) in byte <= 0x20 }
    // Some editors begin a file with a byte order mark.
    let text = bytes.starts(with: byteOrderMark) ? bytes.dropFirst(byteOrderMark.count) : bytes[...]
    var rest = text.drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return String(decoding: rest, as: UTF8.self)
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Takes out of what an answer says what a request carried and must not be shown: the token, and the values
/// of secret variables, which a platform may repeat where it refuses them.
struct Redaction {
  /// A shorter text is no secret, and would be found in words.
  private static let leastSecret = 4

  private let token: APIToken
  private let secrets: [String]

  /// What hides `token` and `secrets`.
  init(_ token: APIToken, secrets: [String] = []) {
    self.token = token
    // A secret that begins as another one is replaced first.
    self.secrets = secrets.filter { $0.utf8.count >= Self.leastSecret }
      .sorted { $0.utf8.count > $1.utf8.count }
  }

  /// `text` in one line, of `limit` characters at the most, without any of them.
  func clean(_ text: String, limit: Int) -> String {
    hiding(OneLine.of(hiding(text, { $0 }), limit: limit)) { OneLine.of($0, limit: .max) }
  }

  /// `text` without the token, and without the secrets as `form` writes them.
  private func hiding(_ text: String, _ form: (String) -> String) -> String {
    secrets.reduce(token.redacting(text)) { Self.replacing(form($1), by: "[secret]", in: $0) }
  }

  /// `text` with every occurrence of `secret` replaced, byte by byte.
  static func replacing(_ secret: String, by mark: String, in text: String) -> String {
    let (needle, bytes) = (Array(secret.utf8), Array(text.utf8))
    guard !needle.isEmpty, bytes.count >= needle.count else { return text }
    var output: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index...].starts(with: needle) {
        output += mark.utf8
        index += needle.count
      } else {
        output.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}

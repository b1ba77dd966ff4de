// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials

/// Takes out of what an answer says what a request carried and must not be shown: the token, and the values
/// of secret variables, which a platform may repeat where it refuses them.
struct Redaction {
  /// What is replaced, and by what.
  private typealias Needle = (bytes: [UInt8], mark: String)

  /// A shorter text is no secret, and would be found in words.
  private static let leastSecret = 4

  private let token: APIToken
  /// The longest first.
  private let needles: [Needle]

  /// What hides `token` and `secrets`.
  init(_ token: APIToken, secrets: [String] = []) {
    self.token = token
    var needles: [Needle] = []
    if let bytes = token.needle { needles.append((bytes, "[token]")) }
    for secret in secrets {
      // As it is, and as a validator quotes it.
      for text in [secret, Self.escaped(secret, slashes: false), Self.escaped(secret, slashes: true)] {
        let bytes = Array(OneLine.of(text, limit: .max).utf8)
        if bytes.count >= Self.leastSecret { needles.append((bytes, "[secret]")) }
      }
    }
    self.needles = needles.sorted { $0.bytes.count > $1.bytes.count }
  }

  /// `text` in one line, of `limit` characters at the most, without any of them.
  func clean(_ text: String, limit: Int) -> String {
    OneLine.of(hiding(OneLine.of(text, limit: .max)), limit: limit)
  }

  /// The type of an error: decisions depend on it, and a code repeats no secret, whatever word that is.
  func clean(type: String) -> String {
    let isCode = type.utf8.allSatisfy { byte in
      byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
    return (isCode ? Redaction(token) : self).clean(type, limit: 100)
  }

  /// `text` with every occurrence replaced, byte by byte, from the left; what stands in its place is not
  /// looked at again.
  private func hiding(_ text: String) -> String {
    if needles.isEmpty { return text }
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if let found = needles.first(where: { bytes[index...].starts(with: $0.bytes) }) {
        output += found.mark.utf8
        index += found.bytes.count
      } else {
        output.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// `text` as it stands between the quotes of a JSON string, which may have slashes escaped.
  private static func escaped(_ text: String, slashes: Bool) -> String {
    let encoder = JSONEncoder()
    if !slashes { encoder.outputFormatting = .withoutEscapingSlashes }
    guard let quoted = try? encoder.encode(text) else { return text }
    return String(decoding: quoted.dropFirst().dropLast(), as: UTF8.self)
  }
}

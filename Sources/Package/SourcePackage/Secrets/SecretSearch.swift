// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Base64Stream
internal import SystemIO

/// The secrets that a package must not hold, made ready to be searched for in the bytes of files.
///
/// A secret is found as it is and in base64, at each of the three offsets that it can have in a longer text,
/// in both alphabets of RFC 4648. It is not found where the base64 is broken into lines within it.
package final class SecretSearch: Sendable {
  /// A value that is known to be secret.
  package struct Secret: Sendable {
    /// What messages call it.
    package let name: String
    /// The value.
    package let value: [UInt8]

    /// The secret `value`, called `name`.
    package init(name: String, value: [UInt8]) {
      self.name = name
      self.value = value
    }
  }

  /// An occurrence of a secret.
  struct Match: Equatable {
    /// Which of the secrets; their count where it is a token that was not given.
    let secret: Int
    /// Where it begins.
    let offset: Int
  }

  /// A shorter value would be found by chance.
  package static let shortest = 8
  /// A longer value is known by its beginning: segments of files overlap by as much as the longest.
  private static let longest = 1024
  /// What each token of the platform begins with, and how many letters and digits follow at least.
  private static let tokenPrefix = Array("apify_api_".utf8)
  private static let tokenTail = 30

  private let names: [String]
  private let search: ByteSearch
  /// Which secret each pattern of the search belongs to; nil for the prefix of a token.
  private let owners: [Int?]

  /// A search for `secrets`, as far as they are long enough, and for what has the form of a token; nil where
  /// there is nothing to search for.
  package init?(_ secrets: [Secret]) {
    var patterns = [Self.tokenPrefix]
    var owners: [Int?] = [nil]
    for (index, secret) in secrets.enumerated() where secret.value.count >= Self.shortest {
      let value = Array(secret.value.prefix(Self.longest))
      let forms = [value] + Self.base64(value)
      patterns += forms
      owners += forms.map { _ in index }
    }
    guard let search = ByteSearch(patterns) else { return nil }
    names = secrets.map(\.name)
    self.search = search
    self.owners = owners
  }

  /// How many bytes behind a segment have to be seen with it.
  var overlap: Int { search.longest + Self.tokenTail }

  /// The name of the secret at `index`.
  func name(of index: Int) -> String { index < names.count ? names[index] : "an Apify API token" }

  /// Calls `onMatch` with each occurrence in `bytes`.
  func forEachMatch(in bytes: RawSpan, _ onMatch: (Match) -> Void) {
    search.forEachMatch(in: bytes) { match in
      if let owner = owners[match.pattern] {
        onMatch(Match(secret: owner, offset: match.offset))
      } else if Self.isToken(bytes, at: match.offset) {
        onMatch(Match(secret: names.count, offset: match.offset))
      }
    }
  }

  /// The name of the first secret in `bytes`; nil where there is none.
  package func firstName(in bytes: RawSpan) -> String? {
    var first: Match?
    forEachMatch(in: bytes) { match in if match.offset < first?.offset ?? .max { first = match } }
    return first.map { name(of: $0.secret) }
  }

  /// Whether anything is in `text`.
  package func finds(in text: String) -> Bool {
    let bytes = Array(text.utf8)
    // SAFETY: bytes have no padding; the array lives as long as the call.
    return finds(in: unsafe bytes.span.bytes)
  }

  /// Whether anything is in `bytes`.
  package func finds(in bytes: RawSpan) -> Bool {
    var isFound = false
    forEachMatch(in: bytes) { _ in isFound = true }
    return isFound
  }

  /// Whether what begins with the prefix of a token has the form of one: letters of both cases and digits. So
  /// a placeholder of the kind `apify_api_XXXX…` is none.
  private static func isToken(_ bytes: RawSpan, at start: Int) -> Bool {
    let start = start + tokenPrefix.count
    guard start + tokenTail <= bytes.byteCount else { return false }
    var kinds: Set<Int> = []
    for offset in start..<(start + tokenTail) {
      switch bytes.byte(at: offset) {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): kinds.insert(0)
      case UInt8(ascii: "a")...UInt8(ascii: "z"): kinds.insert(1)
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): kinds.insert(2)
      default: return false
      }
    }
    return kinds.count == 3
  }

  /// The characters that `value` alone decides, where it begins 0, 1 or 2 bytes into a group of three.
  private static func base64(_ value: [UInt8]) -> [[UInt8]] {
    var forms: [[UInt8]] = []
    for (lead, start) in [(0, 0), (1, 2), (2, 3)] {
      let bytes = [UInt8](repeating: 0, count: lead) + value
      // SAFETY: bytes have no padding; the array lives as long as the call.
      let text = Base64.encode(unsafe bytes.span.bytes)
      let standard = Array(text[start..<((lead + value.count) * 8 / 6)])
      forms.append(standard)
      let safe = standard.map { byte -> UInt8 in
        switch byte {
        case UInt8(ascii: "+"): UInt8(ascii: "-")
        case UInt8(ascii: "/"): UInt8(ascii: "_")
        default: byte
        }
      }
      if safe != standard { forms.append(safe) }
    }
    return forms
  }
}

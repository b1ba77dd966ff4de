// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Web addresses, and texts that hold some, without what must not be shown or kept.
package enum AddressText {
  /// Returns `text` with the passwords, tokens and signatures of its addresses taken out.
  ///
  /// - `https://user:password@host/` becomes `https://host/`: a user alone may be a token.
  /// - `ssh://git:password@host/` becomes `ssh://git@host/`: the user is part of the address.
  /// - `?signature=abc` becomes `?signature=…`, and so do other parameters that are named like a secret.
  package static func withoutSecrets(_ text: String) -> String {
    var output: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let start = authority(in: rest) {
      let end = rest[start...].firstIndex(where: endsAddress) ?? rest.endIndex
      let scheme = rest[..<start].dropLast(3).reversed().prefix(while: isSchemeByte).reversed()
      output += rest[..<start]
      output += address(rest[start..<end], keepsUser: scheme.suffix(3).elementsEqual("ssh".utf8))
      rest = rest[end...]
    }
    return String(decoding: output + rest, as: UTF8.self)
  }

  /// Where the first address of `bytes` has its authority: behind `://`.
  private static func authority(in bytes: ArraySlice<UInt8>) -> Int? {
    let mark = Array("://".utf8)
    return bytes.indices.first { bytes[$0...].starts(with: mark) }.map { $0 + mark.count }
  }

  /// `bytes`, from the authority on, without secrets.
  private static func address(_ bytes: ArraySlice<UInt8>, keepsUser: Bool) -> [UInt8] {
    let end = bytes.firstIndex { [UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0) }
    var authority = bytes[..<(end ?? bytes.endIndex)]
    var user: [UInt8] = []
    if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
      if keepsUser { user = authority[..<at].prefix { $0 != UInt8(ascii: ":") } + [UInt8(ascii: "@")] }
      authority = authority[(at + 1)...]
    }
    let target = bytes[authority.endIndex...]
    guard let question = target.firstIndex(of: UInt8(ascii: "?")) else { return user + authority + target }
    let parameters = target[(question + 1)...].split(
      separator: UInt8(ascii: "&"), omittingEmptySubsequences: false
    ).map { parameter -> [UInt8] in
      let name = parameter.prefix { $0 != UInt8(ascii: "=") }
      guard name.count < parameter.count, isSecret(name) else { return Array(parameter) }
      return name + Array("=…".utf8)
    }
    return user + authority + target[...question] + parameters.joined(separator: [UInt8(ascii: "&")])
  }

  private static func isSecret(_ name: ArraySlice<UInt8>) -> Bool {
    let name = name.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 0x20 : $0 }
    return ["sig", "token", "key", "secret", "passw", "auth", "credential"].contains { word in
      let word = Array(word.utf8)
      return name.indices.contains { name[$0...].starts(with: word) }
    }
  }

  private static func isSchemeByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// White space, control characters and quotes: no address has them, and texts have them around one.
  private static func endsAddress(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0x7F || "\"'<>`".utf8.contains(byte)
  }
}

extension TerminalText {
  /// Returns the address `text`, or a text that holds some, without secrets and escaped.
  package static func address(_ text: String) -> String { of(AddressText.withoutSecrets(text)) }
}

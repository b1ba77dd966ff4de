// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension Git.Failure {
  /// The cause in words; nil where git is missing or was interrupted.
  package var message: String? {
    switch self {
    case .missing, .interrupted: nil
    case .failed(_, let message): message
    case .blocking(let file):
      "\(String(decoding: file.path, as: UTF8.self)) is \(file.kind), which git would wait for"
    case .resources(let shortage): shortage
    case .tooLate(let limit): "no answer within \(Quantity.longTime(limit))"
    }
  }
}

/// What git says on standard error, and with it the programs that it runs: ssh, remote helpers, the remote.
///
/// The cause stands anywhere in it: ssh names it before git's own last word ("Could not read from remote
/// repository."), git before its advice ("and the repository exists.").
package enum GitDiagnostics {
  /// Returns the causes that `text` names, in one line, without git's advice and without passwords of
  /// addresses.
  package static func cause(in text: String) -> String {
    var own: [String] = []
    var others: [String] = []
    var owner = false
    for bytes in text.utf8.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
      let line = Line(bytes)
      switch line.kind {
      case .own where line.text.starts(with: "detected dubious ownership"):
        owner = true
        own.append(line.text)
      case .own: own.append(line.text)
      // Behind git's last word stands its advice.
      case .other where own.isEmpty: others.append(line.text)
      case .other, .noise: break
      }
    }
    let telling = own.filter { !isGeneric($0) }
    // Of what other programs say the last lines are the cause; what stands before is their greeting.
    var causes = others.suffix(2) + (telling.isEmpty && others.isEmpty ? own : telling)
    if causes.count > longest { causes = causes.prefix(longest - 1) + causes.suffix(1) }
    var unique: [String] = []
    for cause in causes where !unique.contains(cause) { unique.append(cause) }
    if owner {
      unique.append("it belongs to another user; if you trust it, add it to git's safe.directory setting")
    }
    return unique.isEmpty ? "no diagnostics" : AddressText.withoutSecrets(unique.joined(separator: "; "))
  }

  /// How many causes are named.
  private static let longest = 4

  /// Whether `line` of git's says no more than that the program has ended that it was talking to.
  private static func isGeneric(_ line: String) -> Bool {
    ["could not read from remote repository", "the remote end hung up unexpectedly"]
      .contains(line.lowercased())
  }

  private struct Line {
    enum Kind {
      /// An error of git's own.
      case own
      /// A line of another program.
      case other
      /// A warning, advice, a frame.
      case noise
    }

    var kind: Kind
    let text: String

    init(_ bytes: Substring.UTF8View) {
      let blank: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      var text = bytes.drop(while: blank)
      while let last = text.last, blank(last) || last == UInt8(ascii: ".") { text.removeLast() }
      func drop(_ prefix: String) -> Bool {
        guard text.starts(with: prefix.utf8) else { return false }
        text = text.dropFirst(prefix.utf8.count).drop(while: blank)
        return true
      }
      kind = .other
      if drop("fatal:") || drop("error:") {
        kind = .own
      } else if drop("remote:") || drop("ERROR:") {
        // GitLab's remote says "remote: ERROR: …" in a frame.
        _ = drop("ERROR:") || drop("error:") || drop("fatal:")
      }
      let noise = ["warning:", "Warning:", "hint:", "debug1:", "@", "**"]
      if noise.contains(where: { text.starts(with: $0.utf8) }) || !text.contains(where: Self.isLetter) {
        kind = .noise
      }
      self.text = String(Substring(text))
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || byte >= 0x80
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SourcePackage
internal import SourceTree
internal import SystemIO

/// A verdict of explain, in lines:
///
/// ```
/// in   dist/app.js: TEXT, 41 bytes
///      dist/ is left out: .gitignore:3: dist/
///      dist/ is brought back: .actorignore:1: !dist/
///      41 of 3,145,728 bytes inline, 93 of 9,437,184 bytes of the request
/// ```
struct ExplanationText {
  private let explanation: Explanation

  init(_ explanation: Explanation) { self.explanation = explanation }

  private var verdict: PathVerdict { explanation.verdict }

  /// All lines, or the first one alone.
  func lines(isQuiet: Bool) -> [String] {
    let lines = isQuiet ? [head] : [head] + reasons + base64 + shares
    return lines.enumerated().map { ($0 == 0 ? "" : "     ") + $1 }
  }

  private var head: String {
    let slash = verdict.kind == .directory && !verdict.path.isEmpty ? "/" : ""
    let path = TerminalText.of(explanation.shownName) + slash
    let what =
      switch verdict.kind {
      case .absent: ": does not exist" + nearest
      case .directory where verdict.path.isEmpty: ": the project itself"
      default:
        explanation.contents.map { ": \($0.format.name), \(Quantity.of($0.byteCount, "byte"))" } ?? ""
      }
    return (verdict.isIncluded ? "in   " : "out  ") + path + what
  }

  private var nearest: String {
    guard let nearest = verdict.nearest, !nearest.isEmpty else { return "" }
    return "; what exists is \(TerminalText.of(nearest))"
  }

  private var reasons: [String] {
    if verdict.reasons.isEmpty { return verdict.path.isEmpty ? [] : ["no rule matches"] }
    return verdict.reasons.indices.map(sentence)
  }

  /// "left out: .gitignore:1: *.log", "dist/ is brought back: .actorignore:1: !dist/".
  private func sentence(_ index: Int) -> String {
    let reason = verdict.reasons[index]
    let subject = reason.path == verdict.path ? "" : "\(TerminalText.of(reason.path))/ is "
    let isAnswer = verdict.reasons[..<index].contains(where: \.excludes)
    let effect = reason.excludes ? "left out" : isAnswer ? "brought back" : "kept"
    switch reason.cause {
    case .rule(.tracked): return subject + "tracked by git"
    case .rule(.always): return subject + (reason.excludes ? "never packaged" : "always packaged")
    case .contents(let path): return subject + "in for what it holds: \(TerminalText.of(path))"
    default: return "\(subject)\(effect): \(TerminalText.of(reason.words))"
    }
  }

  private var base64: [String] {
    guard let offence = explanation.contents?.offence else { return [] }
    let why =
      offence.byte == 0 ? "a NUL" : "the byte 0x\(Hex.uppercase(CollectionOfOne(offence.byte))), not UTF-8,"
    return ["BASE64: \(why) at offset \(Quantity.number(offence.offset))"]
  }

  private var shares: [String] {
    guard let share = explanation.share else { return [] }
    let inline = Self.part(share.inlineBytes, of: PlatformLimits.inlineBytes)
    let request = Self.part(share.requestBytes, of: PlatformLimits.requestBytes)
    let isZip =
      share.inlineBytes > PlatformLimits.inlineBytes || share.requestBytes > PlatformLimits.requestBytes
    return ["\(inline) inline, \(request) of the request" + (isZip ? "; more goes as a zip only" : "")]
  }

  /// "41 of 3,145,728 bytes", with the share where it is worth a word.
  private static func part(_ bytes: Int, of limit: Int) -> String {
    let percent = bytes * 100 / limit
    return "\(Quantity.number(bytes)) of \(Quantity.number(limit)) bytes"
      + (percent > 0 ? " (\(percent) %)" : "")
  }
}

extension Explanation {
  /// The name in the package as it is shown; "." for the project's directory itself.
  var shownName: String { name.isEmpty ? "." : TerminalText.utf8(name) }
}

extension PathVerdict {
  /// The rule that decides, in words.
  var rule: String {
    path.isEmpty ? "the project itself" : reasons.last?.words ?? "no rule matches"
  }
}

extension PathVerdict.Reason {
  /// What it is: ".gitignore:3: dist/", "by its name, unless .actorignore brings it back".
  var words: String {
    switch cause {
    case .rule(.always): excludes ? "never packaged" : "always"
    case .rule(let rule): rule.description
    case .contents(let path): "for what it holds: \(TerminalText.utf8(path))"
    case .specialFile: "a FIFO, socket or device"
    case .brokenLink: "a symbolic link that leads nowhere"
    case .editorLock: "the lock of an editor"
    case .unreadable: "a directory that cannot be read"
    }
  }
}

extension Entry.Format {
  /// The API's word.
  var name: String {
    switch self {
    case .text: "TEXT"
    case .base64: "BASE64"
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourceTree
internal import SystemIO

/// Warnings of the walk in words.
enum WarningText {
  /// One line about `warning`.
  static func of(_ warning: WalkWarning) -> String {
    let path = TerminalText.of(warning.path)
    return switch warning.kind {
    case .specialFile: "\(path): a FIFO, socket or device, which has no content to send; left out"
    case .brokenLink: "\(path): a symbolic link that leads nowhere; left out"
    case .rootIgnored(let rule):
      "\(TerminalText.of(rule)) would leave out the project itself; ignored"
    case .nothingToBringBack(let rule):
      "\(TerminalText.of(rule)) brings back nothing from this commit; what is built is not in it, "
        + "but actorpush push without --commit sends the work tree"
    case .cannotBringBack(let rule): "\(TerminalText.of(rule)) has no effect: \(path) is never packaged"
    }
  }
}

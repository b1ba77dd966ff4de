// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import FoundationEssentials
internal import SystemIO

extension Checkup {
  /// Where it remembers what was pushed, and where a zip waits to be sent.
  var state: [Finding] {
    let context = environment.context
    var findings: [Finding] = []
    if let directory = context.stateDirectory {
      findings.append(
        Self.isWritable(directory)
          ? .ok("state", TerminalText.of(directory))
          : .problem(
            "state", "\(TerminalText.of(directory)): no permission to write",
            "change its owner, or name another directory by XDG_STATE_HOME"))
    } else {
      findings.append(
        .warning(
          "state", "nothing is remembered between runs: there is no home directory",
          "set XDG_STATE_HOME"))
    }
    if let spool = context.spoolDirectories.first(where: Self.isWritable) {
      findings.append(.ok("temporary files", TerminalText.of(spool)))
    } else {
      let names = context.spoolDirectories.map { TerminalText.of($0) }.joined(separator: ", ")
      findings.append(.problem("temporary files", "\(names): no permission to write", "set TMPDIR"))
    }
    return findings
  }

  /// Whether `path` can be written, or made where it is missing.
  private static func isWritable(_ path: [UInt8]) -> Bool {
    if let status = Paths.status(path) {
      return status.isDirectory && FileManager.default.isWritableFile(atPath: TerminalText.utf8(path))
    }
    return Paths.parent(path).map(isWritable) ?? false
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SystemIO

extension Checkup {
  /// Where it remembers what was pushed, and where a zip waits to be sent.
  var state: [Finding] {
    let context = environment.context
    var findings: [Finding] = []
    if let directory = context.stateDirectory {
      findings.append(
        Self.finding(
          "state", [directory], in: Self.existing,
          "change its owner, or name another directory by XDG_STATE_HOME"))
    } else {
      findings.append(
        .warning(
          "state", "nothing is remembered between runs: there is no home directory",
          "set XDG_STATE_HOME"))
    }
    findings.append(Self.finding("temporary files", context.spoolDirectories, "set TMPDIR"))
    return findings
  }

  /// What `check` finds of `directories`, of which the first is used that can be.
  ///
  /// - Parameter place: where a directory is written to.
  private static func finding(
    _ check: String, _ directories: [[UInt8]], in place: ([UInt8]) -> [UInt8] = { $0 }, _ remedy: String
  ) -> Finding {
    var obstacles: [String] = []
    for directory in directories {
      let name = TerminalText.of(directory)
      do throws(SystemError) {
        try write(in: place(directory))
        return .ok(check, name)
      } catch {
        obstacles.append("\(name): \(error.message)")
      }
    }
    return .problem(check, obstacles.joined(separator: "; "), remedy)
  }

  /// The directory, or the nearest one above it that is there: it is made in that.
  private static func existing(_ directory: [UInt8]) -> [UInt8] {
    guard Paths.status(directory) == nil, let parent = Paths.parent(directory) else { return directory }
    return existing(parent)
  }

  /// Writes a block in a file without a name, of which nothing is left.
  private static func write(in directory: [UInt8]) throws(SystemError) {
    let file = try SharedFile.unnamed(in: [directory])
    try Descriptor.write([UInt8](repeating: 0, count: 4096), to: file.descriptor.rawValue)
  }
}

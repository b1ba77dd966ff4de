// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import Git
internal import SystemIO

/// The environment of the process, read once; nothing else reads it.
struct ProcessEnvironment: Sendable {
  /// The variables.
  let variables: [String: String]
  /// Whether somebody has asked for an end.
  let cancellation = CancellationFlag()

  /// The same, but for what git has set to say which repository its hook is about, and with a wish to stop of its own.
  var outsideOfGit: ProcessEnvironment {
    ProcessEnvironment(variables: variables.filter { !Git.localVariables.contains($0.key) })
  }

  /// Milliseconds since 1970.
  static var now: Int { Int(Date().timeIntervalSince1970 * 1000) }

  /// The process's own.
  static let process = ProcessEnvironment(variables: ProcessInfo.processInfo.environment)

  /// Where large temporary files go; none of it has to be in memory, as /tmp may be.
  var spoolFolders: [[UInt8]] {
    ([self["TMPDIR"]].compactMap { $0 } + ["/var/tmp", "/tmp"]).map { Array($0.utf8) }
  }

  /// Where what is remembered from one run to the next is kept (XDG Base Directory Specification); nil where there is no home.
  var stateFolder: [UInt8]? {
    if let folder = self["XDG_STATE_HOME"], folder.hasPrefix("/") { return Array("\(folder)/actorpush".utf8) }
    guard let home = self["HOME"], Paths.status(Array(home.utf8))?.isFolder == true else { return nil }
    return Array("\(home)/.local/state/actorpush".utf8)
  }

  /// The variable called `name`; nil where it is not set or empty.
  subscript(name: String) -> String? {
    variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}

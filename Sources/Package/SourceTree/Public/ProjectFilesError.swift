// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Why the files of a project cannot be packaged.
public struct ProjectFilesError: Error, Hashable, Sendable {
  /// What is wrong, in an open set of codes: "link-broken", "file-changed"; those of `actorpush --json`.
  public let code: String
  /// The path that it is about, relative to the project's directory.
  public let path: [UInt8]
  /// What the system said; empty where it was not asked.
  public let reason: String

  /// The same error, as the program has it.
  package init(_ error: SourceTreeError) {
    code = error.code.rawValue
    path = error.path
    reason = error.system?.message ?? error.detail
  }
}

extension ProjectFilesError: CustomStringConvertible {
  /// One line, harmless on a terminal.
  public var description: String {
    "\(TerminalText.of(path)): \(code)" + (reason.isEmpty ? "" : ": \(TerminalText.of(reason))")
  }
}

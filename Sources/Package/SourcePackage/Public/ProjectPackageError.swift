// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

public import SourceTree
internal import SystemIO

/// Why a package was not made. What was written by then is of no use.
public enum ProjectPackageError: Error, Hashable, Sendable {
  /// A file cannot be read, or changed while it was.
  case files(ProjectFilesError)
  /// The output takes no more; what the system said.
  case output(String)
  /// The work was cancelled.
  case cancelled

  init(_ error: PackageError) {
    switch error {
    case .source(let error): self = .files(ProjectFilesError(error))
    case .output(let error): self = .output(error.message)
    case .overLimit, .fileOverLimit, .interrupted: self = .cancelled
    }
  }
}

extension ProjectPackageError: CustomStringConvertible {
  /// One line, harmless on a terminal.
  public var description: String {
    switch self {
    case .files(let error): error.description
    case .output(let reason): "the output cannot be written: \(TerminalText.of(reason))"
    case .cancelled: "cancelled"
    }
  }
}

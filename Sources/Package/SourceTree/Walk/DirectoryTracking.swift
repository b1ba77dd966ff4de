// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git

/// Whether git tracks anything in the directory at hand, found out when it first matters: directories of
/// build products hold thousands of files and none that is tracked.
enum DirectoryTracking {
  case unknown
  case nothing
  case something

  /// Whether nothing is tracked in `directory`, anchored and with a "/" at its end.
  mutating func isEmpty(_ directory: Span<UInt8>, _ context: DirectoryContext) -> Bool {
    if case .unknown = self { self = Self.find(directory, context) }
    return self == .nothing
  }

  private static func find(_ directory: Span<UInt8>, _ context: DirectoryContext) -> DirectoryTracking {
    if context.isAllTracked { return .something }
    guard let tracked = context.repository?.tracked, tracked.count > 0 else { return .nothing }
    if directory.count <= context.worktreeStart { return .something }
    let path = directory.extracting(context.worktreeStart..<(directory.count - 1))
    return tracked.containsDirectory(path) ? .something : .nothing
  }
}

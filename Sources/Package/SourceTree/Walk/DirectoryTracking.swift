// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git

/// Whether git tracks anything in the directory at hand, found out when it first matters: directories of
/// build products hold thousands of files and none that is tracked.
enum FolderTracking {
  case unknown
  case nothing
  case something

  /// Whether nothing is tracked in `folder`, anchored and with a "/" at its end.
  mutating func isEmpty(_ folder: Span<UInt8>, _ context: FolderContext) -> Bool {
    if case .unknown = self { self = Self.find(folder, context) }
    return self == .nothing
  }

  private static func find(_ folder: Span<UInt8>, _ context: FolderContext) -> FolderTracking {
    if context.isAllTracked { return .something }
    guard let tracked = context.repository?.tracked, tracked.count > 0 else { return .nothing }
    if folder.count <= context.worktreeStart { return .something }
    let path = folder.extracting(context.worktreeStart..<(folder.count - 1))
    return tracked.containsFolder(path) ? .something : .nothing
  }
}

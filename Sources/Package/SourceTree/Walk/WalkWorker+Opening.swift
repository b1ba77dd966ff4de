// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import SystemIO

extension WalkWorker {
  /// Opens `directory` and reads its names; nil where it is left out after all, as it is gone, or can't be
  /// read and is wanted only if something in it should have a certain name.
  mutating func open(_ directory: WalkedDirectory) throws(SourceTreeError) -> DirectoryHandle? {
    do throws(SourceTreeError) {
      let handle = DirectoryHandle(try walk.open(directory))
      do throws(SystemError) { try scanner.scan(handle.descriptor) } catch {
        throw SourceTreeError(error.isMissing ? .vanished : .unreadable, path: directory.path, system: error)
      }
      return handle
    } catch {
      directory.parentHandle = nil
      guard !directory.path.isEmpty, mayBePassedOver(directory, error) else { throw error }
      if error.code == .unreadable {
        walk.queue.warn(WalkWarning(kind: .unreadable, path: directory.path))
      }
      directory.leaveOut()
      return nil
    }
  }

  private func mayBePassedOver(_ directory: WalkedDirectory, _ error: SourceTreeError) -> Bool {
    switch error.code {
    case .vanished: return true
    case .unreadable where directory.context.isConditional:
      return !walk.inclusionRules.isWanted(below: (walk.prefix + directory.path).span, directory.context)
    default: return false
    }
  }

  /// git makes an empty directory where a submodule belongs.
  func warnOfMissingSubmodule(_ directory: WalkedDirectory) {
    let context = directory.context
    guard let repository = context.repository, !directory.path.isEmpty, !context.isConditional else { return }
    let path = (walk.prefix + directory.path).dropFirst(context.worktreeStart)
    if repository.tracked.containsSubmodule(Array(path).span) {
      walk.queue.warn(WalkWarning(kind: .missingSubmodule, path: directory.path))
    }
  }
}

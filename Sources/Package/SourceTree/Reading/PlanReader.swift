// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import SystemIO

/// Opens the files of a plan, cheaply in its order: the directories on the way to the last file stay open.
package struct PlanReader: ~Copyable {
  /// How many directories stay open at the most.
  private static let depthLimit = min(64, Descriptor.limit / 8)

  private let plan: Plan
  /// The project directory; nil for a commit's.
  private let root: DirectoryHandle?
  /// The directories on the way to the last file, the outermost first: their indices in the plan.
  private var directories: [Int32] = []
  private var handles: [DirectoryHandle] = []
  private var pending: [Int32] = []

  package init(_ plan: Plan) throws(SourceTreeError) {
    self.plan = plan
    guard case .directory = plan.origin else {
      root = nil
      return
    }
    do throws(SystemError) {
      root = DirectoryHandle(try Descriptor.open(CString(plan.root), as: .directoryThroughLinks))
    } catch {
      throw SourceTreeError(.vanished, path: plan.root, system: error)
    }
  }

  /// Opens the file at `index` of the plan.
  package mutating func open(_ index: Int) throws(SourceTreeError) -> OpenedFile {
    if let bytes = plan.replacements[index] { return OpenedFile(bytes, plan: plan, index: index) }
    if case .commit(let spool, let modified) = plan.origin {
      guard let location = spool.location(of: plan.entries[index].object) else {
        throw SourceTreeError(.objectMissing, path: plan.path(of: index))
      }
      return OpenedFile(location, of: spool, modified: modified, plan: plan, index: index)
    }
    do throws(SystemError) {
      return try OpenedFile(openDescriptor(index), plan: plan, index: index)
    } catch {
      let code: SourceTreeError.Code =
        switch error.code {
        case ENOENT, ENOTDIR: .vanished
        // It was a file, or a link to one in the directory, when the tree was walked.
        case ELOOP, EXDEV, EISDIR: .changed
        default: .unreadable
        }
      throw SourceTreeError(code, path: plan.path(of: index), system: error)
    }
  }

  private mutating func openDescriptor(_ index: Int) throws(SystemError) -> Descriptor {
    let entry = plan.entries[index]
    let isLink = entry.kind == .linkedFile
    let descriptor = try Descriptor.open(
      plan.lastComponent(of: index), in: directory(entry.parent), as: isLink ? .fileThroughLinks : .file)
    // A link was checked when the tree was walked; that it still leads inside is checked on the open file
    // itself.
    if isLink, !plan.followsExternalLinks, !Paths.isInside(try Paths.current(of: descriptor), plan.root) {
      throw SystemError(code: EXDEV)
    }
    return descriptor
  }

  /// The open directory at `index` of the plan, -1 for the project directory.
  private mutating func directory(_ index: Int32) throws(SystemError) -> Int32 {
    let top = root?.descriptor.rawValue ?? AT_FDCWD
    if index < 0 { return top }
    if directories.last == index, let last = handles.last { return last.descriptor.rawValue }
    // Up from the wanted directory until one that is open.
    pending.removeAll(keepingCapacity: true)
    var current = index
    var kept = 0
    climb: while current >= 0 {
      var open = directories.count - 1
      while open >= 0, directories[open] >= current {
        if directories[open] == current {
          kept = open + 1
          break climb
        }
        open -= 1
      }
      pending.append(current)
      current = plan.entries[Int(current)].parent
    }
    directories.removeSubrange(kept...)
    handles.removeSubrange(kept...)
    while let next = pending.popLast() {
      let above = handles.last?.descriptor.rawValue ?? top
      let opened = try Descriptor.open(
        plan.lastComponent(of: Int(next)), in: above, as: .directoryThroughLinks)
      if handles.count == Self.depthLimit {
        directories.removeFirst()
        handles.removeFirst()
      }
      directories.append(next)
      handles.append(DirectoryHandle(opened))
    }
    return handles.last?.descriptor.rawValue ?? top
  }
}

extension Plan {
  /// The last component of the name of the entry at `index`, for the system; of one that was moved, its path
  /// from the top.
  fileprivate func lastComponent(of index: Int) -> CString {
    let entry = entries[index]
    if let moved, moved.index == index { return CString(moved.source) }
    return CString(names[entry.nameOffset..<(entry.nameOffset + Int(entry.nameCount))])
  }
}

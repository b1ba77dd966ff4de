// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
package import SystemIO

/// Opens the files of a plan, cheaply in its order: the directories on the way to the last file stay open.
package struct PlanReader: ~Copyable {
  /// How many directories stay open at the most.
  private static let depthLimit = min(64, Descriptor.limit / 8)

  private let plan: Plan
  /// The same, for the files.
  private let reference: PlanReference
  /// The project directory; nil for a commit's.
  private let root: DirectoryHandle?
  /// The directories on the way to the last file, the outermost first: their indices in the plan.
  private var directories: [Int32] = []
  private var handles: [DirectoryHandle] = []
  private var pending: [Int32] = []
  private var clock = FileClock()

  package init(_ plan: Plan) throws(SourceTreeError) {
    self.plan = plan
    reference = PlanReference(plan)
    guard case .directory = plan.origin else {
      root = nil
      return
    }
    do throws(SystemError) {
      let directory = try Descriptor.open(CString(plan.root), as: .directory)
      guard try directory.status().identity == plan.rootIdentity else { throw SystemError(code: ENOTDIR) }
      root = DirectoryHandle(directory)
    } catch {
      throw SourceTreeError(Self.code(of: error), path: plan.root, system: error)
    }
  }

  /// What has become of a file or directory that was there when the tree was walked.
  private static func code(of error: SystemError) -> SourceTreeError.Code {
    switch error.code {
    case ENOENT: .vanished
    // A link has taken its place, or it is a link and leads elsewhere by now.
    case ELOOP, EXDEV, EISDIR, ENOTDIR: .changed
    default: .unreadable
    }
  }

  /// Opens the file at `index` of the plan.
  package mutating func open(_ index: Int) throws(SourceTreeError) -> OpenedFile {
    if let bytes = plan.replacements[index] { return OpenedFile(bytes, plan: reference, index: index) }
    if case .commit(let spool, let modified) = plan.origin {
      guard let location = spool.location(of: plan.entries[index].object) else {
        throw SourceTreeError(.objectMissing, path: plan.path(of: index))
      }
      return OpenedFile(location, of: spool, modified: modified, plan: reference, index: index)
    }
    do throws(SystemError) {
      return try OpenedFile(openDescriptor(index), plan: reference, index: index)
    } catch {
      throw SourceTreeError(Self.code(of: error), path: plan.path(of: index), system: error)
    }
  }

  /// The same, and reads it into `buffer` where it has up to `limit` bytes; its `isRead` says whether that
  /// was enough.
  package mutating func open(
    _ index: Int, readingInto buffer: inout ReadBuffer, limit: Int
  ) throws(SourceTreeError) -> OpenedFile {
    guard case .directory = plan.origin, plan.replacements[index] == nil, let moment = FileClock.now else {
      return try open(index)
    }
    do throws(SystemError) {
      return try OpenedFile(
        openDescriptor(index), readingInto: &buffer, limit: limit, &clock, since: moment, plan: reference,
        index: index)
    } catch {
      throw SourceTreeError(Self.code(of: error), path: plan.path(of: index), system: error)
    }
  }

  private mutating func openDescriptor(_ index: Int) throws(SystemError) -> Descriptor {
    let entry = plan.entries[index]
    let isLink = entry.kind == .linkedFile
    let descriptor = try Descriptor.open(
      plan.lastComponent(of: index), in: directory(entry.parent), as: isLink ? .fileThroughLinks : .file)
    if isLink { try checkTarget(of: descriptor) }
    return descriptor
  }

  /// Throws if a link must not lead to the file or directory `descriptor`. It was checked when the tree was
  /// walked, and may lead elsewhere by now.
  private func checkTarget(of descriptor: borrowing Descriptor) throws(SystemError) {
    let real = try Paths.current(of: descriptor)
    let isAllowed =
      Paths.isInside(real, plan.root)
      ? !Paths.hasComponent(FixedRules.repository, in: real.dropFirst(plan.root.count))
      : plan.followsExternalLinks
    if !isAllowed { throw SystemError(code: EXDEV) }
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
      current = plan.parentOnDisk(of: current)
    }
    directories.removeSubrange(kept...)
    handles.removeSubrange(kept...)
    while let next = pending.popLast() {
      let above = handles.last?.descriptor.rawValue ?? top
      let isLinked = plan.entries[Int(next)].isLinked
      let opened = try Descriptor.open(
        plan.lastComponent(of: Int(next)), in: above, as: isLinked ? .directoryThroughLinks : .directory)
      if isLinked { try checkTarget(of: opened) }
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
  /// The last component of the name of the entry at `index`, for the system.
  fileprivate func lastComponent(of index: Int) -> CString {
    let entry = entries[index]
    let range = entry.nameOffset..<(entry.nameOffset + Int(entry.nameCount))
    // A slice would be counted as a reference, by all threads in turn.
    return CString(names.span.extracting(range))
  }

  /// The directory that the entry at `index` lies in on disk; -1 at the top.
  fileprivate func parentOnDisk(of index: Int32) -> Int32 {
    if let moved, moved.index == Int(index) { return moved.parent }
    return entries[Int(index)].parent
  }
}

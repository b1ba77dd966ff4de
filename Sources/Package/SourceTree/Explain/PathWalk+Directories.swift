// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import SystemIO

extension PathWalk {
  /// Goes into a directory; the last one of a path ends the way.
  func enter(_ child: Child, of step: Step, isLast: Bool) throws(SourceTreeError) -> Look {
    let directory = self.directory(child, of: step)
    var handle: DirectoryHandle?
    if child.exists {
      directory.parentHandle = step.handle
      do throws(SourceTreeError) { handle = DirectoryHandle(try walk.open(directory)) } catch {
        guard error.code == .vanished || mayBePassedOver(directory, error) else { throw error }
        if error.code == .unreadable {
          let reason = PathVerdict.Reason(.unreadable, excludes: true, at: child.path)
          return .ended(Ending(isIncluded: false, reasons: child.reasons + [reason]))
        }
      }
      directory.parentHandle = nil
    }
    try enterRules(of: directory, handle)
    if let exclusion = directory.exclusion {
      return .ended(
        Ending(isIncluded: false, reasons: [.init(.rule(exclusion), excludes: true, at: child.path)]))
    }
    guard isLast else {
      return .entered(Step(name: child.name, directory: directory, handle: handle, trace: child.trace))
    }
    guard directory.context.isConditional else {
      return .ended(Ending(isIncluded: true, reasons: child.reasons))
    }
    let found = try firstContents(of: self.directory(child, of: step))
    var reasons = child.reasons
    if let found { reasons.append(.init(.contents(found), excludes: false, at: child.path)) }
    return .ended(Ending(isIncluded: found != nil, reasons: reasons))
  }

  private func directory(_ child: Child, of step: Step) -> WalkedDirectory {
    WalkedDirectory(
      parent: step.directory, path: child.path, basename: child.path.count - child.name.count,
      linkedReal: child.linkedReal, context: step.directory.context.entering(by: child.decision),
      parentHandle: nil)
  }

  private func mayBePassedOver(_ directory: WalkedDirectory, _ error: SourceTreeError) -> Bool {
    error.code == .unreadable && directory.context.isConditional
      && !walk.inclusionRules.isWanted(below: (walk.prefix + directory.path).span, directory.context)
  }

  /// The first path in a directory that is left out and has something in it that is not; nil where there is
  /// none. Walks that directory, and no other.
  private func firstContents(of directory: WalkedDirectory) throws(SourceTreeError) -> [UInt8]? {
    walk.run(from: directory)
    var plan = walk.emptyPlan()
    try walk.queue.finish(into: &plan)
    PlanBuilder(directory, recordsExcluded: false).build(into: &plan)
    let first = plan.entries.indices.first { !plan.entries[$0].isDirectory } ?? plan.entries.indices.first
    return first.map { Paths.join(directory.path, plan.path(of: $0)) }
  }

  /// Changes to the rules that `directory` brings, open as `handle`.
  func enterRules(of directory: WalkedDirectory, _ handle: DirectoryHandle?) throws(SourceTreeError) {
    func status(_ name: [UInt8]) -> FileStatus? {
      handle.flatMap {
        try? Paths.status(CString(name), in: $0.descriptor.rawValue, followingLinks: false)
      }
    }
    let ignoreFile = status(Array(".gitignore".utf8))
    try walk.enterRules(
      of: directory, handle, hasRepository: status(FixedRules.repository) != nil,
      ignoreFile: ignoreFile.map { $0.isRegular ? .file : .special })
  }
}

extension PathWalk {
  /// What lies at a path, whatever the rules say; and of an absent one the nearest above it that exists.
  struct Existence {
    let kind: PathVerdict.Kind
    let nearest: [UInt8]?
  }

  func existence(of path: [UInt8]) -> Existence {
    func status(_ path: [UInt8], followingLinks: Bool) -> FileStatus? {
      try? Paths.status(CString(Paths.join(root, path)), followingLinks: followingLinks)
    }
    if let status = status(path, followingLinks: true) ?? status(path, followingLinks: false) {
      return Existence(
        kind: status.isDirectory ? .directory : status.isRegular ? .file : .other, nearest: nil)
    }
    var above = Paths.parent(path) ?? []
    while !above.isEmpty, status(above, followingLinks: false) == nil { above = Paths.parent(above) ?? [] }
    return Existence(kind: .absent, nearest: above)
  }

  func verdict(on path: [UInt8], _ ending: Ending, _ existence: Existence) -> PathVerdict {
    PathVerdict(
      path: path, kind: existence.kind, isIncluded: ending.isIncluded, reasons: ending.reasons,
      nearest: existence.nearest, file: ending.isFile ? plan(of: path, isLink: ending.isLink) : nil)
  }

  /// The file at `path`, and the directories on the way to it.
  private func plan(of path: [UInt8], isLink: Bool) -> Plan {
    var plan = walk.emptyPlan()
    let names = path.split(separator: UInt8(ascii: "/"))
    for (index, name) in names.enumerated() {
      let isLast = index + 1 == names.count
      var child = WalkedDirectory.Child(kind: isLast ? isLink ? .linkedFile : .file : .directory, rule: -1)
      child.nameCount = UInt16(name.count)
      // The first step is the project directory.
      child.isLinked =
        !isLast && steps.indices.contains(index + 1)
        && steps[index + 1].directory.linkedReal != nil
      plan.entries.append(Entry(child, parent: Int32(index) - 1, nameOffset: plan.names.count))
      plan.names += name + [0]
    }
    return plan
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension WalkWorker {
  /// Takes the name that `path` stands at, which is in by `decision`, into the directory's children.
  mutating func take(
    _ name: DirectoryScanner.Name, _ decision: InclusionRules.Decision, basename: Int,
    in directory: WalkedDirectory,
    _ handle: DirectoryHandle, keepsOpen: Bool
  ) throws(SourceTreeError) {
    guard let target = try target(of: name, in: directory, handle) else { return }
    guard walk.options.isSurvey || (try? UTF8Span(validating: path.span.extracting(basename...))) != nil
    else {
      throw SourceTreeError(.nameNotUTF8, path: relativePath)
    }
    if path.count > SourceTreeError.longestPath, !walk.options.isSurvey,
      relativePath.count > SourceTreeError.longestPath
    {
      throw SourceTreeError(.pathTooLong, path: relativePath)
    }
    var child = WalkedDirectory.Child(kind: .file, rule: -1)
    if let rule = decision.rule { child.rule = walk.queue.number(of: rule) }
    switch target {
    case .directory(let real):
      if real != nil || directory.isLinked, !walk.queue.countLinked() {
        throw SourceTreeError(.tooManyLinks, path: relativePath)
      }
      child.kind = .directory
      child.isLinked = real != nil
      child.directory = Int32(directory.subdirectories.count)
      directory.subdirectories.append(
        subdirectory(
          of: directory, basename: basename, linkedReal: real, decision: decision,
          handle: keepsOpen ? handle : nil))
    case .file:
      child.kind = name.kind == .link ? .linkedFile : .file
      if walk.options.detail == .formats {
        do throws(SystemError) {
          let found = try scanner.withCString(of: name) { file throws(SystemError) in
            try probe.look(at: file, in: handle.descriptor.rawValue, isLink: name.kind == .link)
          }
          (child.format, child.byteCount, child.isFlagged) = (found.format, found.byteCount, found.isFlagged)
        } catch {
          // It has gone since its name was read.
          if error.isMissing { return }
          throw SourceTreeError(.unreadable, path: relativePath, system: error)
        }
      }
    }
    filler.append(child, name, in: scanner)
    if child.kind != .directory || decision.outcome == .included { directory.noteFilled() }
  }

  /// What a name that is in leads to.
  private enum Target {
    case file
    case directory(linkedReal: [UInt8]?)
  }

  /// Nil for what is passed over with a warning.
  private func target(
    of name: DirectoryScanner.Name, in directory: WalkedDirectory, _ handle: DirectoryHandle
  ) throws(SourceTreeError) -> Target? {
    switch name.kind {
    case .file: return .file
    case .directory: return .directory(linkedReal: nil)
    case .special:
      walk.queue.warn(WalkWarning(kind: .specialFile, path: relativePath))
      return nil
    case .link where walk.options.isSurvey: return nil
    case .link:
      let target = try scanner.withCString(of: name) { link throws(SourceTreeError) in
        try LinkTarget.follow(
          link, path: relativePath, in: directory, descriptor: handle.descriptor.rawValue, root: walk.root,
          options: walk.options)
      }
      switch target {
      case .file: return .file
      case .directory(let real): return .directory(linkedReal: real)
      case .special:
        walk.queue.warn(WalkWarning(kind: .specialFile, path: relativePath))
        return nil
      case .broken:
        walk.queue.warn(WalkWarning(kind: .brokenLink, path: relativePath))
        return nil
      case .editorLock:
        walk.queue.warn(WalkWarning(kind: .editorLock, path: relativePath))
        return nil
      case .vanished: return nil
      }
    }
  }

  private func subdirectory(
    of directory: WalkedDirectory, basename: Int, linkedReal: [UInt8]?, decision: InclusionRules.Decision,
    handle: DirectoryHandle?
  ) -> WalkedDirectory {
    WalkedDirectory(
      parent: directory, path: relativePath, basename: basename - walk.prefix.count, linkedReal: linkedReal,
      context: directory.context.entering(by: decision), parentHandle: handle)
  }
}

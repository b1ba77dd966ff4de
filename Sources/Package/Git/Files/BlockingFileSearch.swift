// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Looks for a `BlockingFile` among those that git reads: of a repository all files by their names, and the
/// configuration with what it includes.
struct BlockingFileSearch: ~Copyable {
  /// The directories of a repository that git reads.
  private static let read = ["info", "logs", "objects", "refs", "reftable"].map { Array($0.utf8) }
  /// How many names are looked at: more files than this have no FIFO among them by chance.
  private static let nameLimit = 1 << 20

  private var scanner = DirectoryScanner()
  private var seen: Set<FileIdentity> = []
  private var nameCount = 0

  init() {}

  /// The first blocking file that git would come to on its way from `directory`, an existing one, to its
  /// repository, and in that.
  mutating func first(from directory: [UInt8], _ environment: GitEnvironment) -> BlockingFile? {
    if let named = environment.variables["GIT_DIR"] {
      return first(inRepository: Paths.join(directory, Array(named.utf8)), worktree: nil, environment)
    }
    var current = try? Paths.resolved(directory)
    while let place = current {
      // A directory with a HEAD may be a bare repository.
      if let file = BlockingFile(Paths.join(place, Array("HEAD".utf8))) { return file }
      let git = Paths.join(place, Array(".git".utf8))
      if let file = BlockingFile(Paths.join(git, Array("HEAD".utf8))) { return file }
      if let found = try? GitDirectories(worktree: place) {
        return first(inRepository: found.git, worktree: place, environment)
      }
      current = Paths.parent(place)
    }
    return first(inConfiguration: environment, repository: nil)
  }

  /// The first blocking file of the repository whose own directory is `git`.
  mutating func first(
    inRepository git: [UInt8], worktree: [UInt8]?, _ environment: GitEnvironment
  ) -> BlockingFile? {
    let common = GitDirectories.common(of: git)
    let objects = Paths.join(common, Array("objects".utf8))
    if Paths.status(objects)?.isDirectory == true, let file = first(below: git) ?? first(below: common) {
      return file
    }
    if let file = first(amongAlternatesOf: objects, depth: 0) { return file }
    return first(
      inConfiguration: environment,
      repository: GitDirectories(worktree: worktree ?? git, git: git, common: common))
  }

  private func first(inConfiguration environment: GitEnvironment, repository: GitDirectories?)
    -> BlockingFile?
  {
    let config = GitConfig(environment: environment, repository: repository)
    if let file = config.blocking { return file }
    guard let attributes = config.attributesFile ?? environment.defaultAttributesFile, !attributes.isEmpty
    else { return nil }
    return BlockingFile(Paths.join(repository?.worktree ?? [], attributes))
  }

  /// The first one in `directory`, a repository's or only its objects', or in a directory below it.
  private mutating func first(below directory: [UInt8], isObjects: Bool = false) -> BlockingFile? {
    var pending = [directory]
    while let place = pending.popLast() {
      guard nameCount < Self.nameLimit,
        let open = try? Descriptor.open(CString(place), as: .directoryThroughLinks),
        let identity = try? open.status().identity, seen.insert(identity).inserted,
        (try? scanner.scan(open)) != nil
      else { continue }
      nameCount += scanner.names.count
      for name in scanner.names {
        if case .file = name.kind { continue }
        var bytes: [UInt8] = []
        scanner.append(name, to: &bytes)
        let path = Paths.join(place, bytes)
        if !name.isDirectory, let file = BlockingFile(bytes, in: open.rawValue, shownAs: path) { return file }
        // The parts of a repository may be links to those of another one.
        if isObjects || place != directory || Self.read.contains(bytes) { pending.append(path) }
      }
    }
    return nil
  }

  /// The first one in the object directories that `objects` borrows from; git follows five of them.
  private mutating func first(amongAlternatesOf objects: [UInt8], depth: Int) -> BlockingFile? {
    let list = Paths.join(objects, Array("info/alternates".utf8))
    guard depth <= 5, let text = Paths.contents(list) else { return nil }
    for line in text.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
      let other = Paths.join(objects, Array(line))
      if let file = first(below: other, isObjects: true) { return file }
      if let file = first(amongAlternatesOf: other, depth: depth + 1) { return file }
    }
    return nil
  }
}

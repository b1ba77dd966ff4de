// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Makes the steps of a ``TreeMerge``: a verdict for each path, then what paths do to each other.
struct TreeMerger {
  private let base: Tree
  private let mine: Tree
  private let theirs: Tree
  private let preference: TreeMerge.Preference
  private let place: TreeMerge.Place
  /// All paths, in byte order: a directory comes before what it holds.
  private let paths: [[UInt8]]
  private var verdicts: [[UInt8]: FileVerdict] = [:]
  /// Where what theirs is goes, for the paths where mine stays.
  private var besides: [[UInt8]: [UInt8]] = [:]
  /// The names that were found for what goes beside a path.
  private var besideNames: [[UInt8]: [UInt8]] = [:]

  init(base: Tree, mine: Tree, theirs: Tree, preference: TreeMerge.Preference, place: TreeMerge.Place) {
    self.base = base
    self.mine = mine
    self.theirs = theirs
    self.preference = preference
    self.place = place
    paths = Set(base.nodes.keys).union(mine.nodes.keys).union(theirs.nodes.keys)
      .sorted { $0.lexicographicallyPrecedes($1) }
  }

  mutating func steps() -> [TreeMerge.Step] {
    for path in paths {
      let verdict = FileVerdict(base: base[path], mine: mine[path], theirs: theirs[path])
      verdicts[path] = prefer(verdict, at: path)
    }
    var steps: [TreeMerge.Step] = []
    // What cannot be as it was decided is found from the top down; what mine keeps by that only adds to what
    // is in the way.
    for path in paths { meetObstacles(path) }
    if place.foldsNames { meetTwins() }
    for path in paths { meetClash(path) }
    for path in paths where besides[path] == nil && theirs.file(path) != nil {
      if case .conflict? = verdicts[path] { besides[path] = beside(path) }
    }
    for path in paths { steps += self.steps(at: path) }
    return Self.ordered(steps)
  }

  /// Decides a contradiction for the side that is preferred.
  private func prefer(_ verdict: FileVerdict, at path: [UInt8]) -> FileVerdict {
    guard case .conflict = verdict else { return verdict }
    switch preference {
    case .none: return verdict
    case .mine: return .keep
    case .theirs: return whole(theirs[path])
    }
  }

  private func whole(_ node: TreeNode?) -> FileVerdict {
    switch node {
    case nil: .remove
    case .directory?: .directory
    case .file(let file)?: .file(.theirs, isExecutable: file.isExecutable)
    }
  }

  /// A link, or what is in no tree, is not touched, nor is anything below it.
  private mutating func meetObstacles(_ path: [UInt8]) {
    guard changes(path), !place.obstacles.isEmpty,
      let (obstacle, reason) = obstacle(for: path)
    else { return }
    // A directory that is a link to one is there, however it came to be.
    if case .directory? = verdicts[path], case .directory? = mine[path] { return }
    setAside(path, reason, behind: obstacle)
  }

  /// What is in the way of `path`: itself, or above it.
  private func obstacle(for path: [UInt8]) -> ([UInt8], TreeMerge.Reason)? {
    for prefix in Self.prefixes(of: path) {
      guard let reason = place.obstacles[prefix] else { continue }
      // What is left out of a directory hinders nothing else in it.
      if reason == .leftOut, prefix != path, mine[prefix] == .directory { continue }
      return (prefix, reason)
    }
    return nil
  }

  /// Of names that the file system takes for one, the one that stays here is in the way.
  private mutating func meetTwins() {
    var kept: [FoldedName: [UInt8]] = [:]
    for path in paths where mine[path] != nil && remains(path) { kept[FoldedName(path)] = path }
    for path in paths where adds(path) {
      for prefix in Self.prefixes(of: path) where mine[prefix] == nil {
        guard let twin = kept[FoldedName(prefix)], twin != prefix else { continue }
        setAside(path, .twin(twin), behind: prefix)
        break
      }
    }
  }

  /// A file and a directory cannot have one name.
  private mutating func meetClash(_ path: [UInt8]) {
    guard let verdict = verdicts[path], Self.isTheirs(verdict) else { return }
    if let above = fileAbove(path) {
      // What hinders there has been met.
      if place.obstacles[above] != nil, case .conflict = verdict { return }
      guard preference == .theirs else { return setAside(path, .directory, behind: above) }
      verdicts[above] = .directory
    }
    guard case .file = verdict, mine[path] == .directory else { return }
    let below = paths.filter { $0.starts(with: path + [UInt8(ascii: "/")]) && isKept($0) }
    if below.isEmpty { return }
    let isHindered = below.contains { place.obstacles[$0] != nil }
    guard preference == .theirs, !isHindered else { return setAside(path, .directory, behind: path) }
    for path in below { verdicts[path] = .remove }
  }

  /// Whether something of theirs comes to the path, or beside it.
  private static func isTheirs(_ verdict: FileVerdict) -> Bool {
    switch verdict {
    case .file(.theirs, _), .directory, .conflict: true
    case .file, .keep, .remove: false
    }
  }

  /// What theirs is at `path` goes beside `obstacle`, which is the path or lies above it.
  private mutating func setAside(_ path: [UInt8], _ reason: TreeMerge.Reason, behind obstacle: [UInt8]) {
    // Directories come with what they hold.
    guard preference != .mine, theirs[path] != .directory else {
      verdicts[path] = .keep
      return
    }
    verdicts[path] = .conflict(reason)
    if theirs[path] != nil { besides[path] = beside(obstacle) + path[obstacle.count...] }
  }

  /// The name for what goes beside `path`; always the same one.
  private mutating func beside(_ path: [UInt8]) -> [UInt8] {
    if let known = besideNames[path] { return known }
    let given = Set(besideNames.values)
    let name = BesideName.first(beside: path, place.suffix) { name in
      mine[name] == nil && theirs[name] == nil && !given.contains(name) && place.isFree(name)
    }
    besideNames[path] = name
    return name
  }

}

// What is there in the end.
extension TreeMerger {
  private func changes(_ path: [UInt8]) -> Bool {
    switch verdicts[path] {
    case .keep?, nil: false
    case .conflict?: mine[path] != nil || theirs[path] != nil
    default: true
    }
  }

  /// Whether something that was not there before is there.
  private func adds(_ path: [UInt8]) -> Bool {
    switch verdicts[path] {
    case .file(let source, _)?: source == .theirs && mine[path] == nil
    case .directory?: mine[path] == nil
    default: false
    }
  }

  /// Whether something of mine is there still.
  private func remains(_ path: [UInt8]) -> Bool {
    guard let node = mine[path] else { return false }
    switch verdicts[path] {
    case .remove?: return false
    case .directory?: return node == .directory
    case .file(.theirs, _)?: if case .directory = node { return false }
    default: break
    }
    // A directory stays for what is in it.
    guard case .directory = node else { return true }
    let below = path + [UInt8(ascii: "/")]
    return theirs[path] == .directory
      || paths.contains { $0.starts(with: below) && isFile($0) && remains($0) }
  }

  /// Whether a file of mine is there in the end, or a directory that I have made.
  private func isKept(_ path: [UInt8]) -> Bool {
    if isFile(path) { return remains(path) }
    guard mine[path] == .directory, case .keep? = verdicts[path] else { return false }
    return theirs[path] == nil
  }

  /// Whether a file of mine is there in the end.
  private func isFile(_ path: [UInt8]) -> Bool { mine.file(path) != nil }

  /// The file above `path` that is there in the end; nil for none.
  private func fileAbove(_ path: [UInt8]) -> [UInt8]? {
    Self.prefixes(of: path).dropLast().first { isFile($0) && remains($0) && !becomesDirectory($0) }
  }

  private func becomesDirectory(_ path: [UInt8]) -> Bool {
    if case .directory? = verdicts[path] { true } else { false }
  }

  /// The path's first component, its first two, and so on to the path itself.
  private static func prefixes(of path: [UInt8]) -> [[UInt8]] {
    path.indices.filter { path[$0] == UInt8(ascii: "/") }.map { Array(path[..<$0]) } + [path]
  }
}

// From verdicts to steps.
extension TreeMerger {
  private func steps(at path: [UInt8]) -> [TreeMerge.Step] {
    func step(_ action: TreeMerge.Action) -> TreeMerge.Step { TreeMerge.Step(path: path, action: action) }
    let isFile = mine.file(path) != nil
    let isDirectory = mine[path] == .directory
    switch verdicts[path] {
    case .keep?, nil: return []
    case .remove?: return isFile ? [step(.remove)] : isDirectory ? [step(.removeDirectory)] : []
    case .directory?:
      if isDirectory { return [] }
      return (isFile ? [step(.remove)] : []) + [step(.makeDirectory)]
    case .file(let source, let isExecutable)?:
      return (isDirectory ? [step(.removeDirectory)] : []) + [
        step(.write(source, isExecutable: isExecutable))
      ]
    case .conflict(let reason)?:
      return [step(.conflict(reason, beside: besides[path]))]
    }
  }

  /// What goes before what comes, the deepest first; directories before what they hold.
  private static func ordered(_ steps: [TreeMerge.Step]) -> [TreeMerge.Step] {
    let gone = steps.filter { $0.action == .remove || $0.action == .removeDirectory }
    let others = steps.filter { $0.action != .remove && $0.action != .removeDirectory }
    return gone.reversed() + others
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import SystemIO

/// The symbolic links of some commits, and what they lead to in the same repository. What lies elsewhere does
/// not differ between commits.
struct CommittedLinks {
  /// A chain of more is a circle.
  private static let limit = 40

  /// By its path from the top of the work tree, where each link leads to: the paths as they are written.
  private let targets: [[UInt8]: Set<[UInt8]>]

  /// Those of `commits`; of a path that is a link in several, all that it led to.
  ///
  /// - Parameter worktree: the top of the work tree: an absolute path may lead there.
  init(_ commits: [String], worktree: [UInt8]?, _ git: Git) throws(Git.Failure) {
    var links: [(path: [UInt8], object: [UInt8])] = []
    for commit in commits {
      let listing = try git.output(["ls-tree", "-r", "-z", "--full-tree", commit])
      for entry in listing.split(separator: 0) where entry.starts(with: "120000 ".utf8) {
        guard let tab = entry.firstIndex(of: UInt8(ascii: "\t")),
          let object = entry[..<tab].split(separator: UInt8(ascii: " ")).last
        else { continue }
        links.append((Array(entry[(tab + 1)...]), Array(object)))
      }
    }
    var targets: [[UInt8]: Set<[UInt8]>] = [:]
    let contents = try Self.contents(Set(links.map(\.object)), git)
    for link in links {
      guard let text = contents[link.object],
        let target = Self.target(text, of: link.path, worktree: worktree)
      else { continue }
      targets[link.path, default: []].insert(target)
    }
    self.targets = targets
  }

  /// What these links hold: of what is no object, nothing.
  private static func contents(_ objects: Set<[UInt8]>, _ git: Git) throws(Git.Failure) -> [[UInt8]: [UInt8]]
  {
    if objects.isEmpty { return [:] }
    let newline = UInt8(ascii: "\n")
    let output = try git.output(
      ["cat-file", "--batch"],
      input: Array(objects.sorted { $0.lexicographicallyPrecedes($1) }.joined(separator: [newline])) + [
        newline
      ])
    var contents: [[UInt8]: [UInt8]] = [:]
    var rest = output[...]
    while let end = rest.firstIndex(of: newline) {
      // "NAME blob SIZE".
      let words = rest[..<end].split(separator: UInt8(ascii: " "))
      rest = rest[(end + 1)...]
      guard words.count == 3, let size = Int(String(decoding: words[2], as: UTF8.self)), size < rest.count
      else { continue }
      contents[Array(words[0])] = Array(rest.prefix(size))
      rest = rest.dropFirst(size + 1)
    }
    return contents
  }

  /// The path from the top that `text` means in the link at `path`; nil where that is outside.
  private static func target(_ text: [UInt8], of path: [UInt8], worktree: [UInt8]?) -> [UInt8]? {
    let slash = UInt8(ascii: "/")
    var parts: [ArraySlice<UInt8>] = []
    var written = text[...]
    if text.first == slash {
      guard let worktree, Paths.isInside(text, worktree) else { return nil }
      written = text.dropFirst(worktree.count)
    } else {
      parts = path.split(separator: slash).dropLast()
    }
    for part in written.split(separator: slash) where !part.elementsEqual(".".utf8) {
      guard part.elementsEqual("..".utf8) else {
        parts.append(part)
        continue
      }
      if parts.popLast() == nil { return nil }
    }
    return Array(parts.joined(separator: [slash]))
  }

  /// The paths that links lead to from where `isHere` says, directly or by further links, and those of links
  /// on the way; what lies below them counts, too.
  func places(from isHere: (_ path: [UInt8]) -> Bool) -> Set<[UInt8]> {
    if targets.isEmpty { return [] }
    var places: Set<[UInt8]> = []
    var waiting: [[UInt8]] = []
    for (link, targets) in targets where isHere(link) { waiting += targets }
    while let place = waiting.popLast() {
      guard places.insert(place).inserted else { continue }
      for (link, targets) in targets {
        if place.isEmpty || Paths.isInside(link, place) {
          waiting += targets
        } else if Paths.isInside(place, link), places.count < Self.limit * self.targets.count {
          // The way there goes through a link.
          places.insert(link)
          let rest = place.dropFirst(link.count)
          waiting += targets.map { $0.isEmpty ? Array(rest.dropFirst()) : $0 + rest }
        }
      }
    }
    return places
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import SystemIO

extension TargetFinder {
  /// As many as Linux follows (path_resolution(7)).
  private static let linkLimit = 40

  /// Where `place`, relative to the top, leads in `commit`, which may have links on the way; nil where it
  /// leads out, or nowhere. What the work tree has there does not matter.
  func followed(_ place: [UInt8], in commit: String) -> [UInt8]? {
    let slash = UInt8(ascii: "/")
    var rest = place.split(separator: slash).map { Array($0) }
    var path: [[UInt8]] = []
    var count = 0
    while !rest.isEmpty {
      let component = rest.removeFirst()
      if component.elementsEqual(".".utf8) { continue }
      if component.elementsEqual("..".utf8) {
        guard path.popLast() != nil else { return nil }
        continue
      }
      let name = Array((path + [component]).joined(separator: [slash]))
      let arguments = ["--literal-pathspecs", "ls-tree", "-z", "--full-tree", commit, "--"].map {
        Array($0.utf8)
      }
      guard let entry = try? git.output(arguments + [name]), !entry.isEmpty else { return nil }
      guard entry.starts(with: "120000 ".utf8) else {
        path.append(component)
        continue
      }
      count += 1
      let blob = Array("\(commit):".utf8) + name
      guard count <= Self.linkLimit,
        let target = try? git.output(["cat-file", "blob"].map { Array($0.utf8) } + [blob]),
        target.first != slash
      else { return nil }
      rest = target.split(separator: slash).map { Array($0) } + rest
    }
    return Array(path.joined(separator: [slash]))
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules
internal import SystemIO

/// How the project directory lies in its repository: the way down from the work tree's top, and the ignore
/// files on it.
struct RootAnchor {
  /// The path from the work tree's top to the project directory, with a "/" at its end; empty at the top.
  let prefix: [UInt8]
  /// The rules from above that reach into the project directory; its own ignore file is not among them.
  let chain: RuleChain?
  /// The rules that would leave out the project directory itself, and are passed over.
  let passedOver: [Verdict]
  /// What is wrong with ignore files on the way.
  private(set) var warnings: [WalkWarning] = []

  init(root: [UInt8], repository: Repository?) {
    guard let repository else {
      (prefix, chain, passedOver) = ([], nil, [])
      return
    }
    let worktree = repository.directories.worktree
    var chain = repository.rules
    var passedOver: [Verdict] = []
    let relative = Array(root.dropFirst(worktree.count).drop { $0 == UInt8(ascii: "/") })
    let components = relative.split(separator: UInt8(ascii: "/"))
    var path: [UInt8] = []
    for (depth, component) in components.enumerated() {
      let file = Paths.join(Paths.join(worktree, path), Array(".gitignore".utf8))
      let name = String(repeating: "../", count: components.count - depth) + ".gitignore"
      let status = try? Paths.status(CString(file), followingLinks: false)
      if let status, !status.isRegular {
        warnings.append(WalkWarning(kind: .ignoreFileNotRegular, path: Array(name.utf8)))
      }
      let contents =
        status?.isRegular == true
        ? IgnoreFile.contents(file, name: Array(name.utf8), throughLinks: false, &warnings)
        : repository.missingIgnoreFiles?[path]
      if let contents {
        let list = PatternList(contents: contents.span, name: name, ignoringCase: repository.ignoringCase)
        if !list.patterns.isEmpty { chain = RuleChain(list, baseCount: path.count, parent: chain) }
      }
      let basename = path.count
      path += component
      if let verdict = chain?.verdict(path.span, basename: basename, isDirectory: true), verdict.excludes {
        passedOver.append(verdict)
      }
      path.append(UInt8(ascii: "/"))
    }
    (prefix, self.chain, self.passedOver) = (path, chain, passedOver)
  }
}

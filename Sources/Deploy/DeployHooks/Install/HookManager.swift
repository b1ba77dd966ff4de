// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Programs that manage a repository's hooks, and would write over what is put between theirs.
package enum HookManager: String, Sendable {
  case husky
  case preCommit = "pre-commit"
  case lefthook
  case gitLFS = "git-lfs"

  /// Whose hook `contents` is; nil for a foreign's.
  static func of(_ contents: [UInt8]) -> HookManager? {
    if contents.holds("pre-commit.com") || contents.holds("from pre_commit") { return .preCommit }
    if contents.holds("lefthook") { return .lefthook }
    if contents.holds("husky") { return .husky }
    if contents.holds("git lfs pre-push") || contents.holds("git-lfs pre-push") { return .gitLFS }
    return nil
  }

  /// Whose directory of hooks `directory` is, by where it lies: husky's is `.husky/_`, in older versions
  /// `.husky`.
  static func ofDirectory(_ directory: [UInt8]) -> HookManager? {
    let components = directory.split(separator: UInt8(ascii: "/")).suffix(2)
    return components.contains { $0.elementsEqual(".husky".utf8) } ? .husky : nil
  }

  /// Where a user of the manager writes hooks, and what to write there for `script`: as a text to read.
  package func instructions(_ script: HookScript) -> String {
    switch self {
    case .husky:
      return "add these lines to .husky/pre-push, \(HookScript.blockPlace):\n\n"
        + script.block(isShared: true)
    case .lefthook:
      return "add this to lefthook.yml, and run lefthook install:\n\n"
        + "pre-push:\n  commands:\n    actorpush:\n      use_stdin: true\n      run: \(script.sharedSnippet("{1} {2}").quotedForYAML)\n"
    case .preCommit:
      return "add this to .pre-commit-config.yaml:\n\n"
        + "  - repo: local\n    hooks:\n      - id: actorpush\n        name: actorpush\n        language: system\n"
        + "        stages: [pre-push]\n        always_run: true\n        pass_filenames: false\n"
        + "        entry: \(HookScript.shell(script.sharedSnippet("")).quotedForYAML)\n"
    case .gitLFS:
      return
        "git-lfs needs the references too, so both must get them: actorpush hook install --chain arranges that\n"
    }
  }
}

extension String {
  /// As a scalar in double quotes (YAML 1.2, 7.3.1).
  fileprivate var quotedForYAML: String {
    var quoted = "\""
    for scalar in unicodeScalars {
      if scalar == "\"" || scalar == "\\" { quoted.append("\\") }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}

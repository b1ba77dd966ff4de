// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SystemIO

/// Merges texts that two sides have changed, as git does (git-merge-file(1)). Blocks: not for the cooperative
/// pool's threads.
package struct TextMerge: Sendable {
  /// What becomes of lines that both sides have changed.
  package enum Preference: Sendable {
    /// Both stand in the merged text, between lines of "<<<<<<<" and ">>>>>>>".
    case none
    /// Mine stay.
    case mine
    /// Theirs stay.
    case theirs
  }

  /// A merged text.
  package struct Outcome: Sendable {
    /// The text.
    package let bytes: [UInt8]
    /// Whether it has lines of both sides in it.
    package let hasConflicts: Bool
  }

  /// What stands behind the markers.
  package struct Labels: Sendable {
    package var mine: String
    package var base: String
    package var theirs: String

    /// These labels.
    package init(mine: String, base: String, theirs: String) {
      self.mine = mine
      self.base = base
      self.theirs = theirs
    }
  }

  private let directories: [[UInt8]]
  private let variables: [String: String]
  private let cancellation: CancellationFlag?

  /// Merges by the git that `variables` lead to.
  ///
  /// - Parameter directories: where the texts may be kept meanwhile, in order of preference.
  package init(
    in directories: [[UInt8]], variables: [String: String], cancellation: CancellationFlag? = nil
  ) {
    self.directories = directories
    self.variables = variables
    self.cancellation = cancellation
  }

  /// Merges what `mine` and `theirs` have made of `base`.
  ///
  /// - Parameter base: nil where it is not known: then every line that differs is in conflict.
  /// - Throws: `missing` where there is no git.
  package func merge(
    base: [UInt8]?, mine: [UInt8], theirs: [UInt8], labels: Labels, preferring preference: Preference = .none
  ) throws(Git.Failure) -> Outcome {
    let directory = try directory(mine: mine, base: base ?? [], theirs: theirs)
    // Not a repository: no configuration but the user's own can be found from there.
    let git = Git(repository: directory.path, variables: variables, cancellation: cancellation)
    var arguments = ["-c", "merge.conflictStyle=merge", "merge-file", "-p"]
    switch preference {
    case .none: if base != nil { arguments.append("--diff3") }
    case .mine: arguments.append("--ours")
    case .theirs: arguments.append("--theirs")
    }
    for label in [labels.mine, labels.base, labels.theirs] { arguments += ["-L", label] }
    let texts = ["mine", "base", "theirs"].map { Paths.join(directory.path, Array($0.utf8)) }
    let (bytes, status) = try git.outputAndStatus(
      arguments.map { Array($0.utf8) } + texts, accepting: 0...127)
    return Outcome(bytes: bytes, hasConflicts: status != 0)
  }

  private func directory(
    mine: [UInt8], base: [UInt8], theirs: [UInt8]
  ) throws(Git.Failure) -> TemporaryDirectory {
    do throws(SystemError) {
      let directory = try TemporaryDirectory.make(in: directories)
      try directory.write("mine", mine)
      try directory.write("base", base)
      try directory.write("theirs", theirs)
      return directory
    } catch {
      throw .failed(
        status: nil, message: "the texts cannot be written to a temporary directory: \(error.message)")
    }
  }
}

/// A directory that goes with its owner, with the files that were written to it.
private struct TemporaryDirectory: ~Copyable {
  let path: [UInt8]

  private init(_ path: [UInt8]) { self.path = path }

  /// Makes one in the first of `directories` that accepts it.
  static func make(in directories: [[UInt8]]) throws(SystemError) -> TemporaryDirectory {
    var failure = SystemError(code: ENOENT)
    for directory in directories {
      let path = Paths.join(directory, Array("actorpush-merge-\(UInt64.random(in: 0...UInt64.max))".utf8))
      let name = CString(path)
      if unsafe mkdir(name.pointer, 0o700) == 0 { return TemporaryDirectory(path) }
      failure = .current
    }
    throw failure
  }

  deinit {
    for file in ["mine", "base", "theirs"] { try? Paths.remove(Paths.join(path, Array(file.utf8))) }
    try? Paths.removeDirectory(path)
  }

  func write(_ name: String, _ contents: [UInt8]) throws(SystemError) {
    let file = try Descriptor.open(
      CString(Paths.join(path, Array(name.utf8))), flags: O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
    try Descriptor.write(contents, to: file.rawValue)
  }
}

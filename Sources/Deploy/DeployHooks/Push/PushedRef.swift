// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// One reference that `git push` updates, as it tells its pre-push hook (githooks(5)).
package struct PushedRef: Sendable, Equatable {
  /// What is pushed, as the user named it: "refs/heads/main", "HEAD", "(delete)".
  package let localRef: String
  /// The object that is pushed; all zeros for a deletion.
  package let localObject: String
  /// What becomes of it on the remote: "refs/heads/main".
  package let remoteRef: String
  /// What the remote has there now; all zeros where it is new.
  package let remoteObject: String

  /// Whether the reference is deleted on the remote.
  package var isDeletion: Bool { Self.isZero(localObject) }

  /// The branch that the remote gets; nil for a tag and other references.
  package var branch: String? { Self.branch(of: remoteRef) }

  /// The branch that `reference` is; nil for a tag and other references.
  package static func branch(of reference: String) -> String? {
    let prefix = "refs/heads/"
    return reference.hasPrefix(prefix) ? String(reference.dropFirst(prefix.count)) : nil
  }

  /// A line that is none of git's.
  package struct Malformed: Error, Equatable {
    /// The line.
    package let line: String
  }

  /// What a hook reads from standard input: a line each, none where nothing is pushed.
  package static func parse(_ input: [UInt8]) throws(Malformed) -> [PushedRef] {
    var refs: [PushedRef] = []
    for line in input.split(separator: UInt8(ascii: "\n")) {
      let text = String(decoding: line, as: UTF8.self)
      let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      guard words.count == 4, isObject(words[1]), isObject(words[3]) else { throw Malformed(line: text) }
      refs.append(
        PushedRef(localRef: words[0], localObject: words[1], remoteRef: words[2], remoteObject: words[3]))
    }
    return refs
  }

  /// The same from the variables that pre-commit sets in place of the input, which it has read itself; none
  /// where it is not at work.
  package static func fromPreCommit(_ variables: [String: String]) -> [PushedRef] {
    guard let pushed = variables["PRE_COMMIT_TO_REF"], isObject(pushed),
      let remoteRef = variables["PRE_COMMIT_REMOTE_BRANCH"]
    else { return [] }
    let before = variables["PRE_COMMIT_FROM_REF"].flatMap { isObject($0) ? $0 : nil }
    return [
      PushedRef(
        localRef: variables["PRE_COMMIT_LOCAL_BRANCH"] ?? remoteRef, localObject: pushed,
        // pre-commit names branches in full, but in its older versions did not.
        remoteRef: remoteRef.hasPrefix("refs/") ? remoteRef : "refs/heads/" + remoteRef,
        remoteObject: before ?? String(repeating: "0", count: pushed.utf8.count))
    ]
  }

  private static func isObject(_ text: String) -> Bool {
    [40, 64].contains(text.utf8.count)
      && text.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }
  }

  private static func isZero(_ object: String) -> Bool { object.utf8.allSatisfy { $0 == UInt8(ascii: "0") } }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import SourcePackage

@testable import Deploy

/// The rules of the README about whose work is protected, as a table to be read and not as code.
///
/// Rows: what the platform's files are, seen from the project. Columns: what is known of the common base. `.`
/// where the push may
/// replace the version.
enum RuleTable {
  /// What the platform's version is to the project.
  enum Relation: String, CaseIterable {
    /// Nothing that could be lost.
    case empty
    /// The files of the project.
    case ours
    /// What the project was, before it was edited.
    case before
    /// Other files, or files that nothing is known of.
    case foreign
    /// A source that a push did not make.
    case elsewhere
  }

  private static let text = """
              noHistory noCommit shallow uncommitted remembered lost    elsewhere otherDirectory lacking
    empty     .         .        .       .           .          .       .         .              .
    ours      .         .        .       .           .          .       .         .              .
    before    unknown   unknown  unknown unknown     .          changed history   directory      pulled
    foreign   unknown   unknown  unknown unknown     changed    changed history   directory      pulled
    elsewhere source    source   source  source      source     source  source    source         source
    """

  /// The cells, by row and column.
  private static let cells: [String: Objection?] = {
    let lines = text.split(separator: "\n").map { $0.split(separator: " ").map { String($0) } }
    var cells: [String: Objection?] = [:]
    for line in lines.dropFirst() {
      for (column, cell) in zip(lines[0], line.dropFirst()) {
        cells[line[0] + "/" + column] = .some(Objection(rawValue: cell))
      }
    }
    return cells
  }()

  static var count: Int { cells.count }

  private static func objection(_ relation: Relation, _ base: BaseState) -> Objection? {
    cells["\(relation)/\(base)"] ?? nil
  }

  /// What the rules say of `situation`.
  static func verdict(_ situation: Situation) -> Verdict {
    let remote = situation.remote
    if remote == .noActor { return Verdict(.createActor, sends: true) }
    if remote == .noVersion { return Verdict(.createVersion, sends: true) }
    // Forced: always sent, whatever is there.
    if situation.isForced { return Verdict(.update, sends: true) }
    let relation = relation(remote, to: situation.local)
    let objection =
      objection(relation, situation.base) ?? (situation.variables == .contested ? .variables : nil)
    let isUpToDate =
      relation == .ours && situation.form == (remote.isZip ? .tarball : .sourceFiles)
    let areSettingsRight = situation.variables == .same && situation.tag != .other
    return Verdict(isUpToDate && areSettingsRight ? .none : .update, objection, sends: !isUpToDate)
  }

  /// The project is at its base or edited; it is never what others made.
  private static func relation(_ remote: RemoteState, to local: ProjectState) -> Relation {
    switch remote {
    case .noActor, .noVersion, .noFiles: .empty
    case .baseFiles, .baseZip: local == .base ? .ours : .before
    case .editedFiles, .editedZip: local == .edited ? .ours : .foreign
    case .othersFiles, .othersZip, .unknownZip, .malformedFiles: .foreign
    case .gitRepository, .gist, .foreignZip, .sourceCode: .elsewhere
    }
  }
}

extension RemoteState {
  fileprivate var isZip: Bool { [.baseZip, .editedZip, .othersZip, .unknownZip].contains(self) }
}

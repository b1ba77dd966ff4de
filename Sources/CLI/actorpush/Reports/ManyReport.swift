// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SystemIO

/// What a command says in JSON of several Actors: what it says of each, in one array.
struct ManyReport: ReportContent {
  /// One of them: its directory, how it ended, and what the command would say of it alone.
  struct Entry: Encodable, Sendable {
    private enum CodingKeys: CodingKey {
      case directory
    }

    private let directory: String
    private let ending: EndingReport
    private let content: any ReportContent

    init(_ actor: FoundActor, _ ending: EndingReport, _ content: any ReportContent = NoContent()) {
      directory = TerminalText.utf8(actor.directory)
      self.ending = ending
      self.content = content
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(directory, forKey: .directory)
      try ending.encode(to: encoder)
      try content.encode(to: encoder)
    }
  }

  let actors: [Entry]
}

extension Diagnosis {
  /// An Actor was not begun.
  static let skipped = Diagnosis(
    type: "skipped", message: "not begun, because another one had failed (--fail-fast), or interrupted",
    status: .failed, phase: "arguments")

  /// Why not all of several Actors are done: the first of those that ended worst; nil where all are.
  static func several(_ failures: [(actor: FoundActor, diagnosis: Diagnosis)]) -> Diagnosis? {
    let worst = ExitStatus.worst(of: failures.map(\.diagnosis.status))
    guard let first = failures.first(where: { $0.diagnosis.status == worst }) else { return nil }
    let more = failures.count > 1 ? "; and \(failures.count - 1) more" : ""
    let (name, cause) = (TerminalText.of(first.actor.directory), first.diagnosis)
    return Diagnosis(
      type: cause.type, message: "\(name): \(cause.message)\(more)", status: worst, phase: cause.phase)
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SystemIO

/// What a command says in JSON of several Actors: what it says of each, in one array.
struct ManyReport: Report {
  let ok: Bool
  let operation: String
  let actors: [ActorReport]
  let exitCode: Int32

  init(_ operation: String, _ actors: [ActorReport], _ status: ExitStatus) {
    ok = status == .done
    self.operation = operation
    self.actors = actors
    exitCode = status.rawValue
  }
}

/// What a command says of one of several Actors: its directory, and what it would say of that alone.
struct ActorReport: Encodable, Sendable {
  private enum CodingKeys: CodingKey {
    case directory
  }

  private let directory: String
  private let report: any Report

  init(_ actor: FoundActor, _ report: any Report) {
    directory = TerminalText.utf8(actor.directory)
    self.report = report
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(directory, forKey: .directory)
    try report.encode(to: encoder)
  }
}

extension Diagnosis {
  /// An Actor was not begun.
  static let skipped = Diagnosis(
    type: "skipped", message: "not begun, because another one had failed (--fail-fast), or interrupted",
    status: .failed, phase: "arguments")
}

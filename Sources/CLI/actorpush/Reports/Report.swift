// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy

/// One JSON object on standard output: what `--json` promises, whatever happens. JSON.md describes it, and
/// tests validate each one against the schemas there.
///
/// What is not known is left out: there is no null. Paths are texts (`TerminalText.utf8`), times are in the
/// form of ISO 8601, durations in milliseconds, sizes in bytes.
struct Report: Encodable, Sendable {
  /// The version of the format: another one where a key is renamed or removed, or its meaning changes.
  static let schema = 1

  private enum CodingKeys: CodingKey {
    case schema, operation
  }

  /// What the command is called; nil where the command line names none.
  private let operation: String?
  private let ending: EndingReport
  private let content: any ReportContent

  init(_ operation: String?, _ ending: EndingReport, _ content: any ReportContent = NoContent()) {
    self.operation = operation
    self.ending = ending
    self.content = content
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Self.schema, forKey: .schema)
    try container.encodeIfPresent(operation, forKey: .operation)
    try ending.encode(to: encoder)
    try content.encode(to: encoder)
  }
}

/// What is particular to one command in its JSON.
protocol ReportContent: Encodable, Sendable {}

/// Nothing more than how it ended.
struct NoContent: ReportContent {
  func encode(to encoder: any Encoder) throws {}
}

extension OperationCommand {
  /// Prints `content` as the JSON of this command.
  ///
  /// - Parameters:
  ///   - diagnosis: why the command fails; nil where it does not.
  func write(
    _ content: any ReportContent, _ environment: ProcessEnvironment, _ diagnosis: Diagnosis? = nil
  ) throws(Failure) {
    try JSONLine.write(
      Report(Self.operation, EndingReport(diagnosis, warnings: environment.warnings), content))
  }
}

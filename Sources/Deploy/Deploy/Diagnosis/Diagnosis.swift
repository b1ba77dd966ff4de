// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SystemIO

/// An error for two readers: two lines for people, a type for scripts; and an exit status for shells.
package struct Diagnosis: Error, Sendable {
  /// The type that scripts see.
  package let type: String
  /// What is wrong, without where. Harmless on a terminal, as are all of its texts.
  package internal(set) var cause: String
  /// Where that is: a path with its line and column, an option; nil where the cause names it.
  package let place: String?
  /// What has become of things nevertheless: "version 0.1 is updated".
  package internal(set) var consequences: [String] = []
  /// What to do about it; nil where the cause says so.
  package var help: String?
  /// The exit status of a program that ends with it.
  package let status: ExitStatus
  /// How far the operation had come: one of the words that JSON.md lists.
  package internal(set) var phase: String
  /// Lines that are shown before it: which files are in conflict.
  package var details: [String] = []

  /// A diagnosis.
  package init(
    type: String, at place: String? = nil, message cause: String, help: String? = nil, status: ExitStatus,
    phase: String
  ) {
    self.type = type
    self.place = place.flatMap { $0.isEmpty ? nil : $0 }
    // Whatever a maker of it forgot: one line, and nothing that a terminal or a runner obeys.
    self.cause = TerminalText.line(cause.utf8)
    self.help = help.map { TerminalText.line($0.utf8) }
    self.status = status
    self.phase = phase
  }

  /// All of it in one line, for logs and scripts: "PLACE: cause; consequence; help".
  package var message: String {
    (place.map { "\($0): " } ?? "")
      + ([cause] + consequences + [help].compactMap(\.self)).joined(separator: "; ")
  }

  /// What people read behind `error:`: "cause (PLACE); consequence".
  package var summary: String {
    ([cause + (place.map { " (\($0))" } ?? "")] + consequences).joined(separator: "; ")
  }

  /// The operation was cancelled.
  package static let interrupted = Diagnosis(
    type: "interrupted", message: "interrupted", status: .interrupted, phase: "package")

  /// The same of an operation that only asks the platform.
  package var whileAsking: Diagnosis {
    var diagnosis = self
    if type == Self.interrupted.type, phase == Self.interrupted.phase { diagnosis.phase = "platform" }
    return diagnosis
  }

  /// Why `output`, a path or its name in words, cannot be written; it is escaped here.
  package init(output: String, _ error: SystemError) {
    self.init(
      type: error.isBrokenPipe ? "broken-pipe" : "output-not-writable", at: TerminalText.of(output),
      message: error.message, status: error.isBrokenPipe ? .brokenPipe : .failed, phase: "output")
  }
}

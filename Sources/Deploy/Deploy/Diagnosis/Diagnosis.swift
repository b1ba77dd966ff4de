// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SystemIO

/// An error for two readers: one line for people, a type for scripts; and an exit status for shells.
package struct Diagnosis: Error, Sendable {
  /// The type that scripts see.
  package let type: String
  /// One line: the path or field, the cause, the way out. Harmless on a terminal.
  package internal(set) var message: String
  /// The exit status of a program that ends with it.
  package let status: ExitStatus
  /// How far the operation had come: "arguments", "project", "package", "platform", "build", "hook",
  /// "output".
  package let phase: String
  /// Lines that are shown before the message: which files are in conflict.
  package var details: [String] = []

  /// A diagnosis.
  package init(type: String, message: String, status: ExitStatus, phase: String) {
    self.type = type
    self.message = message
    self.status = status
    self.phase = phase
  }

  /// The operation was cancelled.
  package static let interrupted = Diagnosis(
    type: "interrupted", message: "interrupted", status: .interrupted, phase: "package")

  /// Why `output`, a path or its name in words, cannot be written; it is escaped here.
  package init(output: String, _ error: SystemError) {
    self.init(
      type: error.isBrokenPipe ? "broken-pipe" : "output-not-writable",
      message: "\(TerminalText.of(output)): \(error.message)",
      status: error.isBrokenPipe ? .brokenPipe : .failed, phase: "output")
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SystemIO

/// Whether the system lets the process have what a command needs that talks to the platform.
///
/// An event loop, or a thread of the runtime, that cannot be started ends the process by a signal. So this is
/// asked before, and told in a line.
enum ResourceCheck {
  /// What the children of a shell have by default, on most systems. More would mislead programs that are
  /// started from here and ask for no number over it (select(2)).
  private static let usualOpenFiles = 1024

  /// Raises the limit of open files to the usual one, as far as the system allows it, and has threads share
  /// one heap where memory is limited.
  static func raiseLimits() {
    _ = ResourceLimits.raiseOpenFiles(to: usualOpenFiles)
    _ = ResourceLimits.limitedAddressSpace()
  }

  /// Why no event loop can be started; nil where one can. Commands without one need less, and say of a file
  /// that it could not be opened.
  static func shortage() -> Failure? {
    ResourceLimits.shortage(.eventLoop).map { failure($0 + "; raise the limit") }
  }

  private static func failure(_ message: String) -> Failure {
    Failure(Diagnosis(type: "resource-limit", message: message, status: .failed, phase: "start"))
  }
}

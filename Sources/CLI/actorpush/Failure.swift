// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Deploy
internal import DeployHooks
internal import SystemIO

/// Why a command did not do what it was asked to, and what `--json` prints beside that where more is known.
struct Failure: Error {
  var diagnosis: Diagnosis
  /// The Actor that is not there, where that is why.
  var missingActor: ActorReference?
  var content: any ReportContent = NoContent()
  /// The last lines of a log that say why.
  var logTail: [String]?

  init(_ diagnosis: Diagnosis) { self.diagnosis = diagnosis }
  init(_ error: DeployError) {
    diagnosis = Diagnosis(error)
    if case .noSuchActor(let reference) = error { missingActor = reference }
  }
  init(_ error: HookError) { diagnosis = Diagnosis(error) }
  init(_ error: ProjectError) { diagnosis = Diagnosis(error) }

  /// An argument that cannot be used.
  init(argument message: String, help: String? = nil) {
    diagnosis = Diagnosis(
      type: "invalid-input", message: message, help: help, status: .invalidInput, phase: "arguments")
  }

  /// Words on the command line that mean nothing.
  init(usage message: String, help: String? = nil) {
    diagnosis = Diagnosis(type: "usage", message: message, help: help, status: .usage, phase: "arguments")
  }

  /// What `--exit-code` is for: not an error, and nothing is said.
  static let different = Failure(Diagnosis(type: "different", message: "", status: .failed, phase: ""))

  /// Of several Actors this is the worst status; all of it is shown already.
  static func several(_ status: ExitStatus) -> Failure {
    Failure(Diagnosis(type: "several", message: "", status: status, phase: ""))
  }

  /// What `check` has found is shown already.
  static let findings = Failure(
    Diagnosis(type: "check-failed", message: "", status: .invalidInput, phase: "package"))
}

/// What `make` makes of `text`, the value of `option`.
func argument<Value>(
  _ option: String, _ text: String, _ make: (String) throws(InvalidValue) -> Value
) throws(Failure) -> Value {
  do throws(InvalidValue) { return try make(text) } catch {
    throw Failure(usage: "\(option) \(text.isEmpty ? "\"\"" : TerminalText.of(text)): \(error)")
  }
}

/// Runs an operation, or a part of one.
func operate<Value>(_ body: () throws(DeployError) -> Value) throws(Failure) -> Value {
  do throws(DeployError) { return try body() } catch { throw Failure(error) }
}

/// Runs an operation that blocks, on a thread of its own.
func operateAside<Value: Sendable>(
  _ body: @escaping @Sendable () throws(DeployError) -> Value
) async throws(Failure) -> Value {
  do throws(DeployError) { return try await Threads.run(body) } catch { throw Failure(error) }
}

/// Writes to standard output.
func writeOutput(_ body: (inout StandardOutput) throws(SystemError) -> Void) throws(Failure) {
  do throws(SystemError) {
    var output = StandardOutput()
    try body(&output)
    try output.flush()
  } catch {
    throw Failure(Diagnosis(output: "standard output", error))
  }
}

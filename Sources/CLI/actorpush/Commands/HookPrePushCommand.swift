// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Deploy
internal import DeployHooks
internal import SystemIO

struct HookPrePushCommand: PlatformCommand {
  static let configuration = CommandConfiguration(
    commandName: "pre-push", _superCommandName: HookCommand.path,
    abstract: "Deploy what is pushed; called by git.",
    discussion: """
      Reads the references from standard input, as githooks(5) has it. Whatever goes wrong here does not stop the push, \
      except what --strict is for.

        actorpush hook pre-push origin URL  as git calls it
        actorpush hook pre-push --strict    stop a push of a package that cannot be made
        actorpush hook pre-push --in-hook   deploy before the push has arrived
      """)

  @OptionGroup var options: PrePushOptions
  @OptionGroup var global: GlobalOptions

  @Argument(help: "The remote's name.")
  var remote: String?

  @Argument(help: "The remote's address.")
  var url: String?

  /// The same two, which a command in git's configuration that passes on `"$@"` gives twice: git adds them.
  @Argument(help: .hidden)
  var repeated: [String] = []

  static let operation = "hook pre-push"
  static let isQuietWork = true
  var json: Bool { false }

  func perform(_ environment: ProcessEnvironment) async throws(Failure) {
    let console = global.console(environment)
    if environment.variables["ACTORPUSH"] == "0" {
      return console.say("actorpush: ACTORPUSH=0, nothing is deployed")
    }
    let renderer = HookRenderer(console, prefix: "actorpush: ")
    do throws(Failure) {
      var request = PrePushOperation.Request(input: Self.input(), program: try HookProgram.path())
      options.apply(to: &request)
      (request.remote, request.url) = (remote, url)
      let hook = PrePushOperation(
        request, environment.context, try .current(environment, console), events: renderer.show)
      do throws(HookError) { try await hook.run() } catch { throw Failure(error) }
    } catch {
      let diagnosis = error.diagnosis
      if diagnosis.status == .interrupted, environment.cancellation.isCancelled { throw error }
      if options.strict, diagnosis.status == .invalidInput {
        let wayOut = diagnosis.help.map { "\($0); or " } ?? ""
        throw Failure(
          Diagnosis(
            type: diagnosis.type, message: "push rejected (--strict): \(diagnosis.summary)",
            help: wayOut + "git push --no-verify skips the check", status: .failed, phase: diagnosis.phase))
      }
      Self.say(diagnosis, console)
    }
  }

  func end(lacking failure: Failure, _ environment: ProcessEnvironment) throws(Failure) {
    Self.say(failure.diagnosis, global.console(environment))
  }

  private static func say(_ diagnosis: Diagnosis, _ console: Console) {
    console.say("actorpush: \(diagnosis.message); nothing is deployed, the push continues")
  }

  /// Standard input; nothing from a terminal, where no references are typed.
  private static func input() -> [UInt8] {
    guard isatty(STDIN_FILENO) == 0 else { return [] }
    let descriptor = dup(STDIN_FILENO)
    guard descriptor >= 0 else { return [] }
    return (try? Descriptor(owning: descriptor).readAll(limit: 16 << 20)) ?? []
  }
}

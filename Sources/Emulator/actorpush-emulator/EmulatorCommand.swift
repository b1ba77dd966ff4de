// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import EmulatorFaults
internal import PlatformEmulator
internal import PlatformModel
internal import SystemIO

/// The program `actorpush-emulator`: starts an emulated platform and runs until a termination signal.
///
/// It is a command line around `PlatformEmulator`; with `--faults` it misbehaves as a file says
/// (`EmulatorFaults`).
@main
struct EmulatorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "actorpush-emulator",
    abstract: "The Apify API on this machine, to try actorpush without an account.",
    discussion: """
      It listens on 127.0.0.1 only, prints its address and a token when it accepts connections, writes a line for each \
      request to standard error, and runs until Ctrl-C. Without --data it forgets everything when it ends.

        $ actorpush-emulator --data ~/.local/share/actorpush-emulator
      """)

  @Option(help: ArgumentHelp("The port to listen on; 0 for any that is free.", valueName: "n"))
  var port = 8917

  @Option(help: "The token to accept. Without it, the one of the data directory or a new one.")
  var token: String?

  @Option(help: ArgumentHelp("The name of the account that the token belongs to.", valueName: "name"))
  var user = "local-dev"

  @Option(help: ArgumentHelp("Keep the state in this directory.", valueName: "directory"))
  var data: String?

  @Option(help: "How builds end: succeed, fail, time-out or hang.")
  var buildOutcome = BuildCourse.Outcome.succeed

  @Option(help: ArgumentHelp("How long a build takes, in seconds.", valueName: "n"))
  var buildSeconds = 0.05

  @Option(help: "How runs end: succeed, fail, time-out or hang.")
  var runOutcome = BuildCourse.Outcome.succeed

  @Option(help: ArgumentHelp("How long a run takes, in seconds.", valueName: "n"))
  var runSeconds = 0.05

  @Option(
    help: ArgumentHelp(
      "The address that clients reach it at, where a proxy stands before it.", valueName: "url"))
  var publicURL: String?

  @Option(
    help: ArgumentHelp(
      "Misbehave as this JSON file says (REFERENCE.md, The emulator), and serve /emulator/faults.",
      valueName: "file"))
  var faults: String?

  @Flag(help: "Print only the two lines to paste into a shell.")
  var printEnv = false

  @Flag(name: .shortAndLong, help: "No line for each request.")
  var quiet = false

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535") }
    if let token, token.isEmpty || !token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x27 }) {
      throw ValidationError("--token must be visible ASCII characters without a single quote")
    }
    let isName = user.utf8.allSatisfy { byte in
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-".utf8.contains(byte)
    }
    guard isName, (1...63).contains(user.utf8.count) else {
      throw ValidationError("--user must be 1 to 63 characters from a-z, A-Z, 0-9, ., _ and -")
    }
    guard (0...86_400).contains(buildSeconds) else {
      throw ValidationError("--build-seconds must be from 0 to 86400")
    }
    guard (0...86_400).contains(runSeconds) else {
      throw ValidationError("--run-seconds must be from 0 to 86400")
    }
    if data?.isEmpty == true { throw ValidationError("--data must not be empty") }
  }

  func run() async throws {
    let schedule = try schedule()
    let (signals, continuation) = AsyncStream.makeStream(of: Void.self)
    TerminationSignals.onFirst { continuation.finish() }
    var configuration = PlatformEmulator.Configuration()
    configuration.port = port
    configuration.users = [PlatformEmulator.UserPreset(username: user, token: token)]
    configuration.dataDirectory = data
    configuration.publicURL = publicURL
    configuration.build = BuildCourse(buildOutcome, duration: .seconds(buildSeconds))
    configuration.run = BuildCourse(runOutcome, duration: .seconds(runSeconds))
    if !quiet {
      configuration.onRequest = { StandardStreams.writeError(RequestLine.text(for: $0)) }
    }
    do throws(EmulatorError) {
      let emulator = try PlatformEmulator(configuration: configuration)
      if let schedule { emulator.plugIn(schedule) }
      let address = try await emulator.start()
      StandardStreams.write(greeting(address: address, token: emulator.users.first?.token ?? ""))
      for await _ in signals {}
      await emulator.stop()
    } catch {
      StandardStreams.writeError("actorpush-emulator: \(error)\n")
      throw ExitCode(1)
    }
  }

  private func schedule() throws -> FaultSchedule? {
    guard let faults else { return nil }
    let reason: String
    if let contents = Paths.contents(Array(faults.utf8)) {
      do throws(FaultFile.Failure) { return try FaultFile(contents).schedule } catch { reason = "\(error)" }
    } else {
      reason = "the file cannot be read"
    }
    StandardStreams.writeError(
      "actorpush-emulator: --faults \(TerminalText.of(faults)): \(TerminalText.of(reason))\n")
    throw ExitCode(1)
  }

  private func greeting(address: PlatformEmulator.Address, token: String) -> String {
    let exports = """
      export APIFY_CLIENT_BASE_URL='\(address.baseURL)'
      export APIFY_TOKEN='\(token)'

      """
    if printEnv { return exports }
    let location = data.map { "kept in \(TerminalText.of($0))" } ?? "in memory: gone when this ends"
    return """
      The Apify API, emulated, at \(address.baseURL)
      User \(user), token \(token)
      State \(location). Press Ctrl-C to stop.
      What was pushed: \(address.baseURL)/

      To push to it, paste this into another shell:

      \(exports)
      """
  }
}

extension BuildCourse.Outcome: ExpressibleByArgument {}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy
internal import SourcePackage
internal import SystemIO

/// Looks at all that a deploy depends on, and changes nothing.
struct Checkup: Sendable {
  let environment: ProcessEnvironment
  let connection: PlatformConnection
  /// The project's directory.
  let directory: String
  /// Which version, as options name it.
  let target: VersionTarget
  let console: Console

  /// All findings, in the order in which they matter: what comes later may fail because of what comes before.
  func run() async -> [Finding] {
    var findings = program + token + secrets + network
    let project = await Threads.run { self.project }
    findings += await account(of: project.settings)
    findings += project.findings
    findings += await Threads.run { self.git + self.hook }
    return findings + state + limits
  }

  private var program: [Finding] {
    let path = (try? HookProgram.path()).map { TerminalText.of($0) } ?? "an unknown place"
    return [.ok("program", "actorpush \(ActorPush.version), \(path)")]
  }

  private var limits: [Finding] {
    let inline = Quantity.number(PlatformLimits.inlineBytes)
    let request = Quantity.number(PlatformLimits.requestBytes)
    return [
      .ok(
        "limits",
        "the platform takes \(inline) bytes of files inline, a larger package as a zip; a request has at most \(request)"
      )
    ]
  }
}

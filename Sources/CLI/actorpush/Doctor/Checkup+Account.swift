// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy
internal import SystemIO

extension Checkup {
  /// Whose the token is, and whether the Actor is there: the only thing that is asked of the platform.
  func account(of settings: PushSettings?) async -> [Finding] {
    // Without an address or a token the reason has been told.
    guard let root = try? connection.root(environment),
      let client = try? connection.client(root, environment, console)
    else { return [] }
    let start = ContinuousClock.now
    let found: Result<AccountCheck.Outcome, DeployError>
    do throws(DeployError) { found = .success(try await AccountCheck(settings).run(on: client)) } catch {
      found = .failure(error)
    }
    await client.shutdown()
    switch found {
    case .failure(let error): return [.problem("account", Diagnosis(error).message)]
    case .success(let outcome):
      let user = outcome.user
      let kind = user.isOrganization ? ", an organization" : ""
      let time = Quantity.time(ContinuousClock.now - start)
      var findings = [
        Finding.ok("account", "\(TerminalText.of(user.username ?? user.id))\(kind); it answered in \(time)")
      ]
      if let actor = outcome.actor { findings.append(Self.finding(actor)) }
      return findings
    }
  }

  private static func finding(_ actor: Result<ApifyActor, DeployError>) -> Finding {
    switch actor {
    case .failure(.noSuchActor(let reference)):
      let name = TerminalText.of(reference.description)
      if case .own = reference { return .ok("Actor", "\(name) does not exist yet; push creates it") }
      return .warning(
        "Actor", "\(name) does not exist, or not for this token", "see actorpush push --dry-run")
    case .failure(let error):
      let diagnosis = Diagnosis(error)
      return .problem("Actor", diagnosis.summary, diagnosis.help)
    case .success(let actor):
      let owner = actor.username.map { TerminalText.of($0) + "/" } ?? ""
      let versions = actor.versions.map(\.versionNumber).joined(separator: ", ")
      return .ok("Actor", "\(owner)\(TerminalText.of(actor.name)); versions: \(TerminalText.of(versions))")
    }
  }
}

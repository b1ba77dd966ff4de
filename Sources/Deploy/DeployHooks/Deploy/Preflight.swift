// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Deploy
internal import DeployHooks
internal import SourceTree

/// Whether a target can be deployed, as far as that shows on this machine: its package is made, and looked through for secrets. Blocks.
struct Soundness {
  private let target: DeployJob.Target
  private let environment: ProcessEnvironment
  private let console: Console

  init(_ target: DeployJob.Target, environment: ProcessEnvironment, console: Console) {
    self.target = target
    self.environment = environment
    self.console = console
  }

  /// - Throws: what is wrong.
  func check() throws(Failure) {
    let command = try Deploying.command(target, follows: true)
    let source = try command.tree.source(environment)
    let plan = try source.plan(environment: environment, console: console)
    let packager = Packager(
      command.sourceType, spoolFolders: environment.spoolFolders, cancellation: environment.cancellation)
    do throws(DeployError) {
      _ = try packager.package(plan, reserve: 4096)
    } catch {
      throw Failure(error, root: .apify)
    }
    try checkSecrets(plan)
  }

  private func checkSecrets(_ plan: Plan) throws(Failure) {
    let userFiles = UserFiles(home: environment["HOME"].map { Array($0.utf8) })
    var secrets = userFiles.secrets().map { (name: "the secret \($0.name)", value: $0.value) }
    let credentials = Credentials(tokenFile: nil, variable: environment["APIFY_TOKEN"], userFiles: userFiles)
    if let token = try? credentials.token() { secrets.append((name: "your Apify API token", value: token)) }
    let found: SecretScan.Find?
    do throws(SourceTreeError) { found = try SecretScan(secrets).first(in: plan) } catch {
      throw Failure(error)
    }
    guard let found else { return }
    throw Failure(
      type: "secret-in-package",
      message:
        "\(TerminalText.of(found.path)): holds \(found.name); take it out, or leave the file out by .actorignore",
      status: .invalidInput, phase: "package")
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import ArgumentParser
internal import Deploy
internal import SourcePackage
internal import SourceTree
internal import SystemIO

struct DiffCommand: PlatformCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", _superCommandName: ActorPush.name,
    abstract: "Show what push would change of the version's files.",
    discussion: "From the version on the platform to the files here, in git's format.")

  @OptionGroup var tree: TreeOptions
  @OptionGroup var platform: PlatformOptions
  @OptionGroup var target: VersionOptions
  @OptionGroup var global: GlobalOptions

  @Flag(help: "How many lines are added and removed, file by file.")
  var stat = false

  @Flag(help: "Only the names of files that differ.")
  var nameOnly = false

  @Flag(help: "End with status 1 if something differs, as git does.")
  var exitCode = false

  @Flag(help: "Say what differs as one JSON object.")
  var json = false

  static let operation = "diff"

  func validate() throws {
    if [stat, nameOnly, json].count(where: \.self) > 1 {
      throw ValidationError("--stat, --name-only and --json are alternatives")
    }
  }

  func perform(_ environment: ProcessEnvironment) async throws(Failure) {
    let console = global.console(environment)
    let source = try await tree.source(besideOthers: environment)
    let settings = try target.settings(of: source)
    let userFiles = UserFiles(home: environment["HOME"].map { Array($0.utf8) })
    let client = try platform.client(environment, userFiles, console)
    let outcome: Result<Bool, Failure>
    do throws(Failure) {
      outcome = .success(try await compare(source, settings, client, environment, console))
    } catch {
      outcome = .failure(error)
    }
    await client.shutdown()
    if try outcome.get(), exitCode { throw .different }
  }

  /// Whether something differs.
  private func compare(
    _ source: TreeSource, _ settings: PushSettings, _ client: ApifyClient, _ environment: ProcessEnvironment,
    _ console: Console
  ) async throws(Failure) -> Bool {
    async let planned = Threads.run { () -> Result<Plan, Failure> in
      do throws(Failure) { return .success(try source.plan(environment: environment, console: console)) } catch {
        return .failure(error)
      }
    }
    do throws(DeployError) {
      let reader = VersionReader(settings, client: client)
      let asked: Result<VersionReader.Found, DeployError>
      do throws(DeployError) { asked = .success(try await reader.find()) } catch {
        asked = .failure(error)
      }
      let plan: Plan
      do throws(Failure) { plan = try await planned.get() } catch { throw .local(error) }
      let found = try asked.get()
      let remote = try await reader.contents(of: found, spoolFolders: environment.spoolFolders)
      let isZip = found.remote.sourceType == .tarball
      let local = await Threads.run { () -> Result<LocalContents, DeployError> in
        do throws(DeployError) {
          return .success(try LocalContents(plan, isZip: isZip, cancellation: environment.cancellation))
        } catch {
          return .failure(error)
        }
      }
      let comparison = try Comparison(remote, try local.get())
      try show(comparison, found, environment, console)
      return !comparison.difference.changes.isEmpty
    } catch {
      throw Failure(error, root: client.root)
    }
  }

  private func show(
    _ comparison: Comparison, _ found: VersionReader.Found, _ environment: ProcessEnvironment, _ console: Console
  ) throws(DeployError) {
    if json {
      DiffReport(
        actor: found.actorName, version: found.version.versionNumber,
        changes: ChangesReport(comparison.difference),
        provenance: found.remote.provenance.map(ProvenanceReport.init)
      ).write()
      return
    }
    if let provenance = found.remote.provenance {
      console.say("the platform's version comes from " + VersionText.provenance(provenance, found.remote))
    }
    let text = DiffText(
      isColored: global.isColored(STDOUT_FILENO, environment), isTerminal: isatty(STDOUT_FILENO) == 1)
    do throws(SystemError) {
      var output = StandardOutput()
      if nameOnly {
        try text.writeNames(comparison, to: &output)
      } else if stat {
        try text.writeStat(comparison, to: &output)
      } else {
        try text.writeHunks(comparison, to: &output)
      }
      try output.flush()
    } catch {
      throw .local(Failure(output: "standard output", error))
    }
    let folders = comparison.difference.changes.count { $0.isFolder }
    if comparison.difference.files.isEmpty, folders > 0 {
      console.say("no file differs, but \(Quantity.of(folders, "folder")) without files")
    }
  }
}

extension Failure {
  /// What `--exit-code` is for: no failure, and nothing is said.
  static let different = Failure(type: "different", message: "", status: .failed, phase: "")
}

/// What diff says in JSON.
struct DiffReport: Report {
  let ok = true
  let operation = DiffCommand.operation
  let actor: String
  let version: String
  let changes: ChangesReport
  let provenance: ProvenanceReport?
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ArgumentParser
internal import DeployHooks
internal import FoundationEssentials
internal import Git
internal import SourceTree
internal import SystemIO

struct HookInstallCommand: LocalCommand {
  static let configuration = CommandConfiguration(
    commandName: "install", abstract: "Have git push deploy.",
    discussion:
      "Writes a short pre-push hook, or, from git 2.54 on, two lines of the repository's configuration.")

  @OptionGroup var place: HookLocationOptions
  @OptionGroup var hook: PrePushOptions
  @OptionGroup var global: GlobalOptions

  @Flag(help: "Keep a hook that is there, and run it first.")
  var chain = false

  @Flag(help: "Put aside a hook that is there; uninstall brings it back.")
  var force = false

  @Flag(help: "Show what would be written, and write nothing.")
  var dryRun = false

  @Flag(help: "Say what was done as one JSON object.")
  var json = false

  static let operation = "hook install"

  func validate() throws {
    if chain && force { throw ValidationError("--chain and --force are alternatives") }
  }

  func perform(_ environment: ProcessEnvironment) throws(Failure) {
    let found = try place.find(environment)
    let options = HookScript.Options(
      program: try Self.program(), arguments: hook.arguments, chains: false)
    let steps: [HookInstaller.Step]
    do throws(HookInstaller.Refusal) {
      steps = try HookInstaller(found.place, found.git).install(options, chains: chain, forced: force)
    } catch {
      throw Failure(error, found.place, HookScript(options), global.console(environment))
    }
    let console = global.console(environment)
    try place.carryOut(steps, found, isDryRun: dryRun, json: json, Self.operation, console)
    if hook.map == nil, !isMapped(found) {
      console.say(
        "nothing is deployed yet: commit a \(DeployMap.path) that says which branch goes where, as "
          + #"{"push": {"main": {"version": "0.1", "tag": "latest"}}}"#)
    }
  }

  /// Whether there is a map here or at the top; those of a monorepo's Actors may lie anywhere.
  private func isMapped(_ found: HookLocationOptions.Found) -> Bool {
    [Array(place.folder.utf8), found.repository.worktree ?? []].contains { folder in
      Paths.status(Paths.join(folder, Array(DeployMap.path.utf8))) != nil
    } || isMappedBelow(found)
  }

  private func isMappedBelow(_ found: HookLocationOptions.Found) -> Bool {
    guard let listing = try? found.git.output(["ls-files", "-z", "--", "*/\(DeployMap.path)"]) else {
      return false
    }
    return !listing.isEmpty
  }

  /// This program, by its absolute path.
  static func program() throws(Failure) -> String {
    if let path = try? Paths.readLink("/proc/self/exe", in: AT_FDCWD) {
      return String(decoding: path, as: UTF8.self)
    }
    if let path = try? Paths.resolved(Array(CommandLine.arguments[0].utf8)) {
      return String(decoding: path, as: UTF8.self)
    }
    throw Failure(
      type: "no-program", message: "where this program lies can't be found out", status: .failed,
      phase: "hook")
  }
}

struct HookUninstallCommand: LocalCommand {
  static let configuration = CommandConfiguration(
    commandName: "uninstall", abstract: "Take the hook away, and bring back the one that was there before.")

  @OptionGroup var place: HookLocationOptions
  @OptionGroup var global: GlobalOptions

  @Flag(help: "Also where somebody has changed the hook since.")
  var force = false

  @Flag(help: "Show what would be done, and do nothing.")
  var dryRun = false

  @Flag(help: "Say what was done as one JSON object.")
  var json = false

  static let operation = "hook uninstall"

  func perform(_ environment: ProcessEnvironment) throws(Failure) {
    let found = try place.find(environment)
    let console = global.console(environment)
    let steps: [HookInstaller.Step]
    do throws(HookInstaller.Refusal) {
      steps = try HookInstaller(found.place, found.git).uninstall(forced: force)
    } catch {
      throw Failure(error, found.place, nil, console)
    }
    if steps.isEmpty { console.say("there is no hook of actorpush's in \(TerminalText.of(found.place.folder))") }
    try place.carryOut(steps, found, isDryRun: dryRun, json: json, Self.operation, console)
  }
}

/// Whose hooks.
struct HookLocationOptions: ParsableArguments {
  @Option(help: "A folder in the repository.")
  var folder = "."

  struct Found {
    let repository: RepositoryLocation
    let place: HookLocation
    let git: Git
  }

  /// The repository's hook. Blocks.
  func find(_ environment: ProcessEnvironment) throws(Failure) -> Found {
    let repository: RepositoryLocation
    do throws(RepositoryLocation.Failure) {
      repository = try RepositoryLocation(of: Array(folder.utf8), variables: environment.variables)
    } catch {
      throw Failure(SourceTreeError(error))
    }
    let top = repository.worktree ?? repository.directory
    let git = Git(in: top, variables: environment.outsideOfGit.variables)
    do throws(Git.Failure) {
      return Found(repository: repository, place: try HookLocation(repository, git), git: git)
    } catch {
      throw Failure(error)
    }
  }

  /// Does `steps`, or only says them.
  func carryOut(
    _ steps: [HookInstaller.Step], _ found: Found, isDryRun: Bool, json: Bool, _ operation: String,
    _ console: Console
  ) throws(Failure) {
    let installer = HookInstaller(found.place, found.git)
    for step in steps {
      console.say((isDryRun ? "would " : "") + HookText.step(step, found.place))
      if isDryRun {
        if !json, let text = HookText.contents(step) {
          do throws(SystemError) {
            var output = StandardOutput()
            try output.write(text: text)
            try output.flush()
          } catch {
            throw Failure(output: "standard output", error)
          }
        }
        continue
      }
      do throws(HookInstaller.Failure) { try installer.carryOut(step) } catch { throw Failure(error) }
    }
    if json {
      HookChangeReport(
        operation: operation, dryRun: isDryRun, hook: TerminalText.utf8(found.place.path),
        steps: steps.map { HookText.step($0, found.place) }
      ).write()
    }
  }
}

struct HookChangeReport: Report {
  let ok = true
  let operation: String
  let dryRun: Bool
  let hook: String
  let steps: [String]
}

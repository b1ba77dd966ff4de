// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import Deploy
internal import DeployHooks
internal import Git
internal import SourceTree
internal import SystemIO

/// The repository whose hook is meant.
struct HookLocationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A directory in the repository.", valueName: "directory"), completion: .directory)
  var folder = "."

  struct Found {
    let repository: RepositoryLocation
    let location: HookLocation
    let git: Git
  }

  /// The repository's hook. Blocks.
  func find(_ environment: ProcessEnvironment) throws(Failure) -> Found {
    try Self.find(folder, environment)
  }

  /// The hook of the repository that `folder` lies in. Blocks.
  static func find(_ folder: String, _ environment: ProcessEnvironment) throws(Failure) -> Found {
    let context = environment.context
    let repository: RepositoryLocation
    do throws(RepositoryLocation.Failure) {
      repository = try RepositoryLocation(of: Array(folder.utf8), variables: context.variables)
    } catch {
      throw Failure(DeployError.tree(SourceTreeError(error)))
    }
    let git = Git(
      repository: repository.directory, worktree: repository.worktree ?? repository.directory,
      variables: context.variables)
    do throws(Git.Failure) {
      return Found(repository: repository, location: try HookLocation(repository, git), git: git)
    } catch {
      throw Failure(HookError.git(error))
    }
  }

  /// Carries `steps` out, or only shows them.
  func carryOut(
    _ steps: [HookInstaller.Step], _ found: Found, isDryRun: Bool, isJSON: Bool,
    _ console: Console
  ) throws(Failure) {
    let installer = HookInstaller(found.location, found.git)
    for step in steps {
      if isDryRun {
        console.say("would " + HookText.step(step, found.location, isDone: false))
        guard !isJSON, let text = HookText.contents(step) else { continue }
        try writeOutput { output throws(SystemError) in try output.write(text: text) }
      } else {
        do throws(HookInstaller.Failure) { try installer.carryOut(step) } catch {
          throw Failure(HookError(error))
        }
        console.say(HookText.step(step, found.location, isDone: true))
      }
    }
  }
}

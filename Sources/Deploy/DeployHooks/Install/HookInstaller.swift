// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import Git
package import SystemIO

/// Installs the hook, and removes it so that everything is as before. Each change is one rename: a process
/// that is killed when, the hook is the old one or the new one.
package struct HookInstaller: Sendable {
  /// What is to be done.
  package enum Step: Sendable, Equatable {
    /// Our file is written, over what is there: nothing, or one of ours.
    case write(HookScript)
    /// What is there is kept beside, and ours is written.
    case backUpAndWrite(HookScript)
    /// What was kept comes back into its place, which ours leaves.
    case restore
    /// Ours goes, and nothing was there before.
    case remove
    /// The second name goes that an installation has left which came to no end.
    case dropBackup
    /// git is told of the command by its configuration.
    case configure(command: String)
    /// That is taken back.
    case unconfigure
  }

  /// Why nothing is done.
  package enum Refusal: Error, Sendable {
    /// The directory of hooks serves others, too.
    case outside
    /// A manager of hooks is at work.
    case manager(HookManager)
    /// A hook of others is there.
    case foreign
    /// Our file was changed since.
    case edited
    /// A hook of others is there that may do something else under another name.
    case goesByName
    /// A hook that was kept before is still there, and would be lost.
    case backupInTheWay
  }

  private let place: HookLocation
  private let git: Git

  /// For the hook at `place`; `git` works in its repository.
  package init(_ place: HookLocation, _ git: Git) {
    self.place = place
    self.git = git
  }

  /// What installing `options` takes.
  ///
  /// - Parameters:
  ///   - chains: run what is there, and then ours.
  ///   - forced: put aside what is there.
  package func install(_ options: HookScript.Options, chains: Bool, forced: Bool) throws(Refusal) -> [Step] {
    var options = options
    if place.knowsConfiguredHooks {
      // Beside whatever else is there.
      var steps: [Step] = []
      if case .ours = place.occupant { steps = try uninstall(forced: false) }
      options.chains = false
      return steps + [.configure(command: HookScript(options).snippet)]
    }
    guard place.isInside else { throw .outside }
    switch place.occupant {
    case .none:
      // What was kept, while nothing is in its place, was left by hand.
      options.chains = place.hasKept && chains
      return [.write(HookScript(options))]
    case .ours(let script):
      options.chains = chains || script.options.chains
      if chains, !script.options.chains, !place.hasKept { options.chains = false }
      return [.write(HookScript(options))]
    case .edited:
      guard forced else { throw .edited }
      options.chains = place.hasKept && chains
      return [.write(HookScript(options))]
    case .manager(let manager):
      guard chains || forced else { throw .manager(manager) }
      // husky's own directory is made anew each time; nothing lasts there.
      if manager == .husky { throw .manager(manager) }
    case .foreign: guard chains || forced else { throw .foreign }
    }
    if chains, HookScript.goesByName(Paths.contents(place.path) ?? []) { throw .goesByName }
    guard !place.hasKept else { throw .backupInTheWay }
    options.chains = chains
    return [.backUpAndWrite(HookScript(options))]
  }

  /// What taking it away takes; nothing where it is not there.
  package func uninstall(forced: Bool) throws(Refusal) -> [Step] {
    var steps: [Step] = place.configured == nil ? [] : [.unconfigure]
    switch place.occupant {
    case .ours: steps.append(place.hasKept ? .restore : .remove)
    case .edited:
      guard forced else { throw .edited }
      steps.append(place.hasKept ? .restore : .remove)
    case .none:
      // Only half of a removal was done.
      if place.hasKept { steps.append(.restore) }
    case .manager, .foreign: if place.hasPartialBackup { steps.append(.dropBackup) }
    }
    return steps
  }

  /// Why a step was not done.
  package enum Failure: Error {
    /// The file or directory, and what the system said.
    case system(path: [UInt8], SystemError)
    /// What git said.
    case git(Git.Failure)
  }

  /// Does `step`.
  package func carryOut(_ step: Step) throws(Failure) {
    switch step {
    case .configure(let command):
      try configure([
        ["config", "--local", "hook.actorpush.command", command],
        ["config", "--local", "hook.actorpush.event", "pre-push"],
      ])
    case .unconfigure: try configure([["config", "--local", "--remove-section", "hook.actorpush"]])
    default:
      do throws(SystemError) { try change(step, place.path) } catch {
        throw .system(path: place.path, error)
      }
    }
  }

  /// Does a step that is about files.
  private func change(_ step: Step, _ path: [UInt8]) throws(SystemError) {
    switch step {
    case .write(let script):
      try Self.write(script, to: path, in: place.directory)
    case .backUpAndWrite(let script):
      // A second name for what is there, then ours in its place: at no time is there none.
      if !place.hasPartialBackup { try Paths.link(path, to: place.keptPath) }
      do throws(SystemError) { try Self.write(script, to: path, in: place.directory) } catch {
        try? Paths.remove(place.keptPath)
        throw error
      }
    case .restore: try Paths.rename(place.keptPath, to: path)
    case .remove: try Paths.remove(path)
    case .dropBackup: try Paths.remove(place.keptPath)
    case .configure, .unconfigure: break
    }
  }

  private func configure(_ calls: [[String]]) throws(Failure) {
    for arguments in calls {
      do throws(Git.Failure) { _ = try git.output(arguments) } catch { throw .git(error) }
    }
  }

  private static func write(_ script: HookScript, to path: [UInt8], in directory: [UInt8]) throws(SystemError)
  {
    try Paths.makeDirectory(directory, mode: 0o777)
    // Made here, or not at all: a directory of hooks may be part of the tree, and hold a link of any name.
    let temporary = path + Array(".\(UInt64.random(in: 0...UInt64.max)).actorpush-new".utf8)
    let file = try Descriptor.open(CString(temporary), flags: O_WRONLY | O_CREAT | O_EXCL, mode: 0o777)
    do throws(SystemError) {
      try Descriptor.write(Array(script.text.utf8), to: file.rawValue)
      try Paths.rename(temporary, to: path)
    } catch {
      try? Paths.remove(temporary)
      throw error
    }
  }
}

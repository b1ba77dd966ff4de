// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import Checks
internal import SourcePackage
internal import SourceTree
internal import SystemIO

extension Project {
  /// What `.actor/actorpush.json` makes of findings.
  ///
  /// - Throws: where the file is not valid.
  func checkLevels() throws(DeployError) -> [DeployMap.CheckLevel] {
    do throws(ProjectError) {
      return try contents(DeployMap.path).map { text throws(ProjectError) in try DeployMap(text) }?.checks
        ?? []
    } catch {
      throw .project(error)
    }
  }

  /// Where the file that is called `name` in the package lies: an absolute path, where its directory exists.
  func source(of name: [UInt8]) -> [UInt8] {
    let context = (try? contextSource())?.context
    let root = context?.root ?? location.directory
    return Paths.join((try? Paths.resolved(root)) ?? root, context?.sourcePath(of: name) ?? name)
  }

  /// `findings` at the places of the files on disk.
  func onDisk(_ findings: [Finding]) -> [Finding] {
    guard let context = (try? contextSource())?.context else { return findings }
    return findings.map { $0.at($0.place.map(context.placeOnDisk)) }
  }

  /// What `plan` holds, as `survey` has seen it.
  func checked(_ plan: Plan, _ survey: ContentSurvey) -> CheckedPackage {
    let facts = survey.result
    var cursor = PathCursor()
    var entries = CheckedPackage.Entries(reservingCapacity: plan.entries.count)
    for index in plan.entries.indices {
      let entry = plan.entries[index]
      cursor.move(to: index, in: plan)
      if entry.isDirectory {
        entries.append(cursor.path, .directory)
        continue
      }
      var isBroughtBack = false
      if case .pattern? = plan.rule(of: index) { isBroughtBack = true }
      entries.append(
        cursor.path, entry.kind == .linkedFile ? .link : .file, byteCount: facts[index].byteCount,
        traits: CheckedPackage.Traits(facts[index]), isBroughtBack: isBroughtBack)
    }
    var package = CheckedPackage(
      entries, contents: { packaged($0) }, exclusions: { exclusions() })
    package.missingSubmodules = plan.warnings.filter { $0.kind == .missingSubmodule }.map(\.path)
    return package
  }

  /// What is left out. A plan that is packaged does not record that, so the tree is walked again.
  private func exclusions() -> [CheckedPackage.Exclusion] {
    let excluded = (try? plan(recordsExcluded: true, opensFiles: false) { _ in })?.excluded ?? []
    let actor = (try? contextSource())?.context.actor ?? []
    return excluded.map { out in
      let isBroughtBackIn: [UInt8]? =
        switch out.rule {
        // The Actor's own file has the last word.
        case .pattern, .tracked, .fixedName: !actor.isEmpty && Paths.isInside(out.path, actor) ? actor : []
        case .always, .output, .worktree, .unreached, .displaced: nil
        }
      let rule =
        if case .always = out.rule { "a fixed rule: it is never packaged" } else { out.rule.description }
      return CheckedPackage.Exclusion(
        out.path, isDirectory: out.isDirectory, rule: rule, isBroughtBackIn: isBroughtBackIn)
    }
  }
}

extension CheckedPackage.Traits {
  init(_ facts: ContentSurvey.Facts) {
    self = []
    if facts.isExecutable { insert(.executable) }
    if facts.hasShebangWithReturn { insert(.shebangWithReturn) }
    if facts.isLFSPointer { insert(.lfsPointer) }
    if facts.mayHaveConflict { insert(.conflictCandidate) }
  }
}

extension Project {
  /// The same as `events`, without the warnings of the walk that a check finds, too: there they have an id
  /// by which they can be silenced.
  static func withoutFindings(_ events: @escaping DeployEvents) -> DeployEvents {
    { event in
      if case .treeWarning(let warning) = event, [.lfsPointer, .missingSubmodule].contains(warning.kind) {
        return
      }
      events(event)
    }
  }
}

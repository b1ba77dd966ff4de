// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Deploy
internal import DeployHooks
internal import Git
internal import SourceTree
internal import SystemIO

extension Checkup {
  /// What actor.json says.
  var project: (settings: PushSettings?, findings: [Finding]) {
    do throws(DeployError) {
      let settings = try Project(ProjectLocation(Array(directory.utf8)), environment.context)
        .settings(for: target, readsVersion: false)
      if let fault = settings.configuration?.fault {
        return (settings, [.problem("project", Diagnosis(fault).message)])
      }
      let tag = settings.buildTag.map { ", tag \($0)" } ?? ""
      let file = settings.configuration.map { "\($0.file): " } ?? ""
      let name = TerminalText.of(settings.reference.description)
      return (settings, [.ok("project", "\(file)\(name), version \(settings.version)\(tag)")])
    } catch {
      if case .project(let error) = error, error.code == .noActor {
        let place = TerminalText.of(directory)
        return (nil, [.warning("project", "\(place): no actor.json", "actorpush init writes one")])
      }
      return (nil, [.problem("project", Diagnosis(error).message)])
    }
  }

  /// Whether git is there. Blocks.
  var git: [Finding] {
    let place = Array(directory.utf8)
    let git = Git(repository: place, worktree: place, variables: environment.variables)
    do throws(Git.Failure) {
      let version = String(decoding: try git.output(["version"]), as: UTF8.self)
      return [
        .ok("git", TerminalText.of(version.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""))
      ]
    } catch {
      return [
        .warning(
          "git", Diagnosis(HookError.git(error)).message,
          "push and list do without; --commit, provenance and the hook need it")
      ]
    }
  }

  /// Whether the hook runs, and how the last deploy ended. Blocks.
  var hook: [Finding] {
    let found: HookLocationOptions.Found
    do throws(Failure) { found = try HookLocationOptions.find(directory, environment) } catch {
      let diagnosis = error.diagnosis
      guard diagnosis.type == SourceTreeError.Code.noRepository.rawValue else {
        return [.problem("hook", diagnosis.summary, diagnosis.help)]
      }
      return [.ok("hook", "none: \(TerminalText.of(directory)) lies in no git repository")]
    }
    let text = HookText.occupant(found.location)
    var findings: [Finding]
    let obstacle = found.location.obstacle(searchPath: environment.variables["PATH"])
    switch (found.location.occupant, obstacle) {
    case (_, let obstacle?):
      findings = [.problem("hook", "\(text); \(HookText.text(obstacle))", HookText.installAnew)]
    case (.edited, nil): findings = [.warning("hook", text, "hook install --force overwrites it")]
    default: findings = [.ok("hook", text)]
    }
    let now = ProcessEnvironment.now
    let history = DeployHistory(
      of: found.repository, found.git, in: environment.context.stateDirectory, now: now)
    for refusal in history.refusals {
      findings.append(.warning("hook", HookText.line(refusal, now: now)))
    }
    if let last = history.entries.first {
      for line in HookText.lines(last, now: now, advice: { history.advice(on: $0, of: last) }) {
        findings.append(
          Self.isFailed(last) ? .warning("hook", line, "actorpush hook status --log") : .ok("hook", line))
      }
    }
    return findings
  }

  private static func isFailed(_ entry: JobStore.Entry) -> Bool {
    switch entry.state {
    case .running: false
    case .lost: true
    case .ended(let result): result.targets.contains { [.failed, .refused, .interrupted].contains($0.state) }
    }
  }
}

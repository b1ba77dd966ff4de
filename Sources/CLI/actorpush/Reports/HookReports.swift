// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import DeployHooks
internal import SystemIO

/// The hook of a repository in JSON.
struct HookReport: Encodable, Sendable {
  /// The hook's file.
  let path: String
  /// Whether actorpush runs; nil where that is being changed.
  var installed: Bool?
  /// The same in words.
  var description: String?
}

extension HookReport {
  init(_ location: HookLocation) { self.init(path: TerminalText.utf8(location.path)) }

  /// With what is there.
  init(state location: HookLocation, _ obstacle: HookObstacle?) {
    let isConfigured = location.configured != nil && location.knowsConfiguredHooks
    let isOurs =
      switch location.occupant {
      case .ours, .edited: true
      default: false
      }
    self.init(
      path: TerminalText.utf8(location.path), installed: (isConfigured || isOurs) && obstacle == nil,
      description: HookText.occupant(location) + (obstacle.map { "; " + HookText.text($0) } ?? ""))
  }
}

/// What hook install and uninstall say in JSON.
struct HookChangeReport: ReportContent {
  let hook: HookReport
  let dryRun: Bool
  /// What is or would be done, in words.
  let steps: [String]

  init(_ steps: [HookInstaller.Step], _ location: HookLocation, isDryRun: Bool) {
    hook = HookReport(location)
    dryRun = isDryRun
    self.steps = steps.map { HookText.step($0, location, isDone: !isDryRun) }
  }
}

/// What hook allow says in JSON.
struct HookConsentReport: ReportContent {
  struct Map: Encodable, Sendable {
    let path: String
    let branches: [String]
  }

  /// The maps that were agreed to.
  let maps: [Map]
  /// The Actors that files actor.json may name.
  let allowedActors: [ActorReport]

  init(_ consent: DeployConsent, map own: String?) {
    maps = consent.maps.compactMap { map in
      guard let branches = (try? DeployMap(Array(map.text.utf8)))?.branches else { return nil }
      return Map(path: own ?? map.directory + DeployMap.path, branches: branches)
    }
    allowedActors = consent.actors.sorted().map { ActorReport(name: $0) }
  }
}

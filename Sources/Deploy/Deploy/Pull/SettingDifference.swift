// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

/// A variable, or the build tag, that the platform has otherwise than actor.json.
package struct SettingDifference: Sendable, Equatable {
  /// How that came about.
  package enum Change: String, Sendable {
    /// Changed there since the last push from here.
    case changedThere = "platform"
    /// Only there, and no push from here has set it.
    case addedThere = "added"
    /// A push from here has set it, and it is not there any longer.
    case removedThere = "removed"
    /// Changed here since the last push.
    case changedHere = "here"
    /// Changed on both sides, or nothing tells on which.
    case both
  }

  /// What it is.
  package enum Subject: Sendable, Equatable {
    case variable(String)
    case buildTag
  }

  package let subject: Subject
  package let change: Change
  /// What the platform has; nil for nothing, and for the value of a secret.
  package let value: String?
  package let isSecret: Bool
  /// Whether actor.json gets what the platform has.
  package internal(set) var isWritten = false

  /// What actor.json is to say.
  var text: String? {
    guard isSecret, case .variable(let name) = subject else { return value }
    return "@" + name
  }

  /// Whether actor.json can't say it: a plain value there that is the name of a secret here. Written down, it
  /// would send a secret of the one who pushes next.
  package var isTakenForSecret: Bool {
    guard !isSecret, case .variable = subject, let value else { return false }
    return ActorConfiguration.Variable.namesSecret(value)
  }

  /// The path of the value in actor.json.
  var path: [String] {
    switch subject {
    case .variable(let name): ["environmentVariables", name]
    case .buildTag: ["buildTag"]
    }
  }
}

extension SettingDifference {
  /// What `version` has otherwise than `configuration`.
  ///
  /// - Parameters:
  ///   - remembered: what pushes from this machine have given, and pulls have found.
  ///   - givenTag: the tag that the last push gave.
  static func all(
    _ version: RemoteVersion, _ configuration: ActorConfiguration?, _ remembered: RememberedVariables?,
    givenTag: String?
  ) -> [SettingDifference] {
    let current = (version.variables ?? []).sorted { $0.name < $1.name }
    let declared = Dictionary(
      (configuration?.environmentVariables ?? []).map { ($0.name, $0) }
    ) { first, _ in first }
    var all: [SettingDifference] = []
    for variable in current {
      if let difference = difference(variable, declared[variable.name], remembered) {
        all.append(difference)
      }
    }
    let names = Set(current.map(\.name))
    for name in declared.keys.sorted() where !names.contains(name) {
      // What was never pushed is not missed.
      guard remembered?.declared.contains(name) == true else { continue }
      all.append(.init(subject: .variable(name), change: .removedThere, value: nil, isSecret: false))
    }
    if let own = configuration?.buildTag?.description, version.buildTag != own {
      let change: Change =
        givenTag == version.buildTag ?? RememberedVersion.noTag
        ? .changedHere : givenTag == own ? .changedThere : .both
      if let tag = version.buildTag {
        all.append(.init(subject: .buildTag, change: change, value: tag, isSecret: false))
      } else if change == .changedThere {
        all.append(.init(subject: .buildTag, change: .removedThere, value: nil, isSecret: false))
      }
    }
    return all
  }

  private static func difference(
    _ there: ApifyAPI.EnvironmentVariable, _ here: ActorConfiguration.Variable?,
    _ remembered: RememberedVariables?
  ) -> SettingDifference? {
    let name = there.name
    let isSecret = there.isSecret == true
    func made(_ change: Change) -> SettingDifference {
      .init(
        subject: .variable(name), change: change, value: isSecret ? nil : there.value ?? "",
        isSecret: isSecret)
    }
    guard let here else {
      // What an earlier push declared, and actor.json does not any longer, was removed here.
      return remembered?.declared.contains(name) == true ? nil : made(.addedThere)
    }
    if isSecret, here.secretName != nil { return nil }
    let value = there.value ?? ""
    if isSecret || here.secretName != nil {
      let wasSecret = remembered?.secrets.contains(name) == true
      let isHere = isSecret ? wasSecret : remembered?.wasGiven(name, value) == true
      let isThere = isSecret ? remembered?.wasGiven(name, here.value) == true : wasSecret
      return made(isHere ? .changedHere : isThere ? .changedThere : .both)
    }
    if sameBytes(value, here.value) { return nil }
    switch (remembered?.wasGiven(name, here.value), remembered?.wasGiven(name, value)) {
    case (_, true?): return made(.changedHere)
    case (true?, _): return made(.changedThere)
    default: return made(.both)
    }
  }

  /// Whether it is to be written into actor.json, by what is preferred.
  func isWanted(_ preference: PullRequest.Preference) -> Bool {
    if isTakenForSecret { return false }
    return switch change {
    case .changedThere, .addedThere: true
    case .removedThere, .changedHere: false
    case .both: preference == .theirs
    }
  }
}

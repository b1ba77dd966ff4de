// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// What a project says about being pushed, in `.actor/actorpush.json` or a file like it:
///
///     {"push": {"main": {"version": "1.0", "tag": "latest"}, "release/*": {"version": "{1}"}},
///      "remotes": ["origin"], "provenance": true, "checks": {"lfs-pointer": "off"}}
package struct DeployMap: Sendable, Equatable {
  /// The path of the file in a project.
  package static let path = ".actor/actorpush.json"

  /// What is deployed of one branch, and where to.
  package struct Target: Sendable, Equatable {
    /// The Actor; nil for the one that actor.json names.
    package var actor: String?
    /// The version; nil for the one that actor.json names.
    package var version: VersionNumber?
    /// The tag of its builds; nil for the one that actor.json names.
    package var tag: BuildTag?
    /// The directory of the Actor, relative to the one that the file is about.
    package var folder: String?
    /// How the files are sent.
    package var sourceType = SourceChoice.auto
    /// Whether the version is built.
    package var builds = true
    /// How long its push may take; nil for as long as usual.
    package var timeout: TimeLimit?
  }

  /// One member of "push": a pattern for branches, and the targets of those that match.
  struct Rule: Sendable, Equatable {
    let pattern: BranchPattern
    let targets: [TargetTemplate]
  }

  private let rules: [Rule]
  /// The remotes that the map applies to; nil for all.
  package let remotes: [String]?
  /// Whether packages get a provenance label; nil where the file does not say.
  package let provenance: Bool?

  /// What the project raises or lowers findings to, in the order of the ids.
  package let checks: [CheckLevel]

  /// Reads `text`, the contents of `file`.
  ///
  /// - Throws: `ProjectError` with the position of what is wrong.
  package init(_ text: [UInt8], file: String = path) throws(ProjectError) {
    let json = try JSONFile(text, name: file, code: .invalidDeployMap)
    try json.allow(["push", "remotes", "provenance", "checks"])
    provenance = try json.bool("provenance")
    remotes = try Self.remotes(json)
    checks = try CheckLevel.read(json)
    switch json.members["push"] {
    case nil, .null: rules = []
    case .object(let members): rules = try Self.rules(members, json)
    case let other?: throw json.failure(["push"], "\"push\" must be an object of branches, not \(other.kind)")
    }
  }

  /// The patterns of the branches that are deployed, in the order of the file.
  package var branches: [String] { rules.map(\.pattern.text) }

  /// Whether it names the Actor of each target, and leaves none to an actor.json.
  package var namesEachActor: Bool { rules.allSatisfy { $0.targets.allSatisfy(\.namesActor) } }

  /// The targets of `branch`: of the rule with exactly its name, else of the first pattern that matches; none
  /// where no rule does.
  ///
  /// - Throws: `ProjectError` where the branch's name fills a template with something that is no version or
  ///   path.
  package func targets(for branch: String) throws(ProjectError) -> [Target] {
    let exact = rules.first { $0.pattern.starCount == 0 && sameBytes($0.pattern.text, branch) }
    for rule in exact.map({ [$0] }) ?? rules {
      guard let parts = rule.pattern.match(branch) else { continue }
      var targets: [Target] = []
      for template in rule.targets { targets.append(try template.filled(with: parts, of: branch)) }
      return targets
    }
    return []
  }

  /// The same of a push to `remote`; none where the map leaves that out.
  package func targets(for branch: String, on remote: String) throws(ProjectError) -> [Target] {
    guard remotes?.contains(where: { sameBytes($0, remote) }) ?? true else { return [] }
    return try targets(for: branch)
  }

  private static func remotes(_ json: JSONFile) throws(ProjectError) -> [String]? {
    switch json.members["remotes"] {
    case nil, .null: return nil
    case .array(let values):
      var names: [String] = []
      for (index, value) in values.enumerated() {
        guard case .string(let name) = value else {
          throw json.failure(
            ["remotes", String(index)], "\"remotes\" must be an array of names, not of \(value.kind)")
        }
        names.append(name)
      }
      return names
    case let other?:
      throw json.failure(["remotes"], "\"remotes\" must be an array of names, not \(other.kind)")
    }
  }

  /// The rules, in the order of the file.
  private static func rules(
    _ members: [String: JSONFile.Value], _ json: JSONFile
  ) throws(ProjectError) -> [Rule] {
    var rules: [(rule: Rule, offset: Int)] = []
    for (pattern, value) in members {
      let path = ["push", pattern]
      let parsed = BranchPattern(pattern)
      var targets: [TargetTemplate] = []
      switch value {
      case .object(let members): targets = [try TargetTemplate(members, at: path, of: parsed, in: json)]
      case .array(let values):
        for (index, value) in values.enumerated() {
          let path = path + [String(index)]
          guard case .object(let members) = value else {
            throw json.failure(
              path, "\(JSONFile.shown(pattern)) must be a list of objects, not of \(value.kind)")
          }
          targets.append(try TargetTemplate(members, at: path, of: parsed, in: json))
        }
      default:
        throw json.failure(
          path, "\(JSONFile.shown(pattern)) must be an object as {\"version\": \"1.0\"}, not \(value.kind)")
      }
      rules.append((Rule(pattern: parsed, targets: targets), json.offset(path)))
    }
    return rules.sorted { $0.offset < $1.offset }.map(\.rule)
  }
}

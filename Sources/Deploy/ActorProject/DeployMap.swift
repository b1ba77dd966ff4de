// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What a project says about being pushed, in `.actor/actorpush.json` or a file like it:
///
///     {"push": {"main": {"version": "1.0", "tag": "latest"}, "release/*": {"version": "{1}"}},
///      "remotes": ["origin"], "provenance": true}
package struct DeployMap: Sendable, Equatable {
  /// Where the file lies in a project.
  package static let path = ".actor/actorpush.json"

  /// What becomes of one branch, with `{1}` for what the first star of its pattern matched.
  package struct Target: Sendable, Equatable {
    /// The Actor; nil for the one that actor.json names.
    package var actor: String?
    /// The version's number.
    package var version: String?
    /// The tag of its builds.
    package var tag: String?
    /// The folder of the Actor, relative to the one that the file is about.
    package var folder: String?
    /// How the files are sent: auto, files or zip.
    package var sourceType: String?
    /// Whether it is built.
    package var builds = true
  }

  /// One line of it: a pattern for branches, and what becomes of them.
  struct Rule: Sendable, Equatable {
    let pattern: BranchPattern
    let targets: [Target]
    /// Where it stands.
    let position: JSONPosition?
  }

  let file: String
  let rules: [Rule]
  /// The remotes that it is about; nil for all.
  package let remotes: [String]?
  /// Whether packages say where they come from; nil where that is not said.
  package let provenance: Bool?

  /// Reads `text`, the contents of `file`.
  ///
  /// - Throws: what is wrong with it, and in which line.
  package init(_ text: [UInt8], file: String = path) throws(ProjectError) {
    let json = try JSONFile(text, name: file, code: .invalidDeployMap)
    try json.allow(["push", "remotes", "provenance"])
    self.file = file
    provenance = try json.bool("provenance")
    switch json.members["remotes"] {
    case nil, .null: remotes = nil
    case .array(let values):
      var names: [String] = []
      for value in values {
        guard case .string(let name) = value else {
          throw json.failure(["remotes"], "\"remotes\" must be an array of names, not of \(value.kind)")
        }
        names.append(name)
      }
      remotes = names
    case let other?:
      throw json.failure(["remotes"], "\"remotes\" must be an array of names, not \(other.kind)")
    }
    switch json.members["push"] {
    case nil, .null: rules = []
    case .object(let members): rules = try Self.rules(members, json)
    case let other?: throw json.failure(["push"], "\"push\" must be an object of branches, not \(other.kind)")
    }
  }

  /// The rules, in the order in which they stand in the file.
  private static func rules(
    _ members: [String: JSONFile.Value], _ json: JSONFile
  ) throws(ProjectError) -> [Rule] {
    var rules: [Rule] = []
    for (pattern, value) in members {
      let place = ["push", pattern]
      let parsed = BranchPattern(pattern)
      var targets: [Target] = []
      switch value {
      case .object(let members): targets = [try target(members, place, parsed, json)]
      case .array(let values):
        for (index, value) in values.enumerated() {
          let place = place + [String(index)]
          guard case .object(let members) = value else {
            throw json.failure(
              place, "\(JSONFile.shown(pattern)) must be a list of objects, not of \(value.kind)")
          }
          targets.append(try target(members, place, parsed, json))
        }
      default:
        throw json.failure(
          place, "\(JSONFile.shown(pattern)) must be an object as {\"version\": \"1.0\"}, not \(value.kind)")
      }
      rules.append(Rule(pattern: parsed, targets: targets, position: json.position(place)))
    }
    return rules.sorted { left, right in
      guard let one = left.position, let other = right.position else {
        return left.pattern.text < right.pattern.text
      }
      return (one.line, one.column) < (other.line, other.column)
    }
  }

  private static func target(
    _ members: [String: JSONFile.Value], _ place: [String], _ pattern: BranchPattern, _ json: JSONFile
  ) throws(ProjectError) -> Target {
    var target = Target()
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      let place = place + [name]
      if name == "build" {
        guard case .bool(let builds) = value else {
          throw json.failure(place, "\"build\" must be true or false, not \(value.kind)")
        }
        target.builds = builds
        continue
      }
      guard case .string(let text) = value, !text.isEmpty else {
        throw json.failure(place, "\(JSONFile.shown(name)) must be a string that is not empty")
      }
      if let number = BranchPattern.placeholders(in: text).first(where: { $0 < 1 || $0 > pattern.starCount })
      {
        throw json.failure(
          place, "{\(number)} stands for a star that \(JSONFile.shown(pattern.text)) does not have")
      }
      switch name {
      case "actor": target.actor = text
      case "version":
        guard text.contains("{") || VersionNumber(text) != nil else {
          throw json.failure(
            place,
            "\"version\" must be MAJOR.MINOR, each 0 to 99, such as 0.1, not \(JSONFile.shown(text))"
          )
        }
        target.version = text
      case "tag": target.tag = text
      case "folder":
        guard !text.hasPrefix("/"), !text.split(separator: "/").contains("..") else {
          throw json.failure(place, "\"folder\" must lie in the project")
        }
        target.folder = text
      case "sourceType":
        guard ["auto", "files", "zip"].contains(text) else {
          throw json.failure(place, "\"sourceType\" must be auto, files or zip, not \(JSONFile.shown(text))")
        }
        target.sourceType = text
      default:
        throw json.failure(
          place,
          "\(JSONFile.shown(name)) is not known here; known are actor, version, tag, folder, sourceType, build"
        )
      }
    }
    return target
  }

  /// What becomes of `branch`: by its own name if that is there, otherwise by the first pattern that matches; none where no line is
  /// about it.
  ///
  /// - Throws: where what a star matched makes no version.
  package func targets(for branch: String) throws(ProjectError) -> [Target] {
    let exact = rules.first { $0.pattern.starCount == 0 && $0.pattern.text == branch }
    for rule in exact.map({ [$0] }) ?? rules {
      guard let parts = rule.pattern.match(branch) else { continue }
      var targets: [Target] = []
      for var target in rule.targets {
        for field in [\Target.actor, \.version, \.tag, \.folder] {
          target[keyPath: field] = target[keyPath: field].map { BranchPattern.fill($0, with: parts) }
        }
        if let version = target.version, VersionNumber(version) == nil {
          throw ProjectError(
            .invalidDeployMap, file: file, position: rule.position,
            reason: "\(JSONFile.shown(rule.pattern.text)) makes version \(JSONFile.shown(version)) of branch "
              + "\(JSONFile.shown(branch)), which must be MAJOR.MINOR, each 0 to 99, such as 0.1"
          )
        }
        targets.append(target)
      }
      return targets
    }
    return []
  }
}

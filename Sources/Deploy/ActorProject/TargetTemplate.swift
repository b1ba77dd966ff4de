// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A target as the map writes it: "{1}" in a field stands for what the first star of the branch's pattern
/// matched.
struct TargetTemplate: Sendable, Equatable {
  private var actor: String?
  private var version: String?
  private var tag: String?
  private var folder: String?
  private var sourceType = SourceChoice.auto
  private var builds = true
  private var timeout: TimeLimit?
  private let pattern: BranchPattern
  /// The errors of a template that is filled, without their reasons.
  private let actorError: ProjectError
  private let versionError: ProjectError
  private let tagError: ProjectError
  private let folderError: ProjectError

  /// Whether it names an Actor.
  var namesActor: Bool { actor != nil }

  /// Reads `members`, the object at `path` of `json`.
  ///
  /// - Throws: `ProjectError` with the position of the member that is wrong.
  init(
    _ members: [String: JSONFile.Value], at path: [String], of pattern: BranchPattern, in json: JSONFile
  ) throws(ProjectError) {
    self.pattern = pattern
    actorError = json.failure(path + ["actor"], "")
    versionError = json.failure(path + ["version"], "")
    tagError = json.failure(path + ["tag"], "")
    folderError = json.failure(path + ["folder"], "")
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      let path = path + [name]
      if name == "build" {
        guard case .bool(let builds) = value else {
          throw json.failure(path, "\"build\" must be true or false, not \(value.kind)")
        }
        self.builds = builds
        continue
      }
      guard case .string(let text) = value, !text.isEmpty else {
        throw json.failure(path, "\(JSONFile.shown(name)) must be a string that is not empty")
      }
      let placeholders = BranchPattern.placeholders(in: text)
      if let number = placeholders.first(where: { $0 < 1 || $0 > pattern.starCount }) {
        throw json.failure(
          path, "{\(number)} stands for a star that \(JSONFile.shown(pattern.text)) does not have")
      }
      switch name {
      case "actor", "version", "tag":
        // What a branch's name makes of the others is known when there is one.
        if placeholders.isEmpty {
          do throws(InvalidValue) {
            switch name {
            case "actor": try ActorName.checkReference(text)
            case "tag": _ = try BuildTag(text)
            default: _ = try VersionNumber(text)
            }
          } catch {
            throw json.failure(path, "\"\(name)\" \(error), not \(JSONFile.shown(text))")
          }
        }
        switch name {
        case "actor": actor = text
        case "tag": tag = text
        default: version = text
        }
      case "folder":
        guard Self.isInside(text) else { throw json.failure(path, "\"folder\" must lie in the project") }
        folder = text
      case "sourceType":
        guard let choice = SourceChoice(rawValue: text) else {
          throw json.failure(path, "\"sourceType\" must be auto, files or zip, not \(JSONFile.shown(text))")
        }
        sourceType = choice
      case "timeout":
        guard let limit = TimeLimit(text) else {
          throw json.failure(path, "\"timeout\" must be \(TimeLimit.rule), not \(JSONFile.shown(text))")
        }
        timeout = limit
      default:
        throw json.failure(
          path, "\(JSONFile.shown(name)) is not known here",
          help: "known are actor, version, tag, folder, sourceType, build, timeout")
      }
    }
  }

  /// The target for `branch`, in which the stars of the pattern matched `parts`.
  func filled(with parts: [String], of branch: String) throws(ProjectError) -> DeployMap.Target {
    func fill(_ text: String?) -> String? { text.map { BranchPattern.fill($0, with: parts) } }
    func failure(_ error: ProjectError, _ what: String, _ text: String, _ rule: String) -> ProjectError {
      let (pattern, branch) = (JSONFile.shown(pattern.text), JSONFile.shown(branch))
      return error.because(
        "\(pattern) makes \(what) \(JSONFile.shown(text)) of branch \(branch), which \(rule)")
    }
    var target = DeployMap.Target(
      actor: fill(actor), folder: fill(folder), sourceType: sourceType, builds: builds, timeout: timeout)
    if let text = target.actor {
      do throws(InvalidValue) { try ActorName.checkReference(text) } catch {
        throw failure(actorError, "actor", text, "\(error)")
      }
    }
    if let text = fill(version) {
      do throws(InvalidValue) { target.version = try VersionNumber(text) } catch {
        throw failure(versionError, "version", text, "\(error)")
      }
    }
    if let text = fill(tag) {
      do throws(InvalidValue) { target.tag = try BuildTag(text) } catch {
        throw failure(tagError, "tag", text, "\(error)")
      }
    }
    if let folder = target.folder, !Self.isInside(folder) {
      throw failure(folderError, "folder", folder, "must lie in the project")
    }
    return target
  }

  private static func isInside(_ path: String) -> Bool {
    !path.hasPrefix("/") && !path.split(separator: "/" as Character).contains("..")
  }
}

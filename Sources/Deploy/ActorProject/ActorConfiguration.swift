// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// The actor.json of a project, as far as a push needs it. What is not valid is nil, and a fault to what
/// reads its field; to a push, whatever field that is.
///
/// The target reads the files of a project and its user: actor.json (`ActorConfiguration`), actorpush.json
/// (`DeployMap`), secrets and token (`UserFiles`, `Credentials`). Foundation decodes the JSON; `JSONScanner`
/// finds where its values are, so that each `ProjectError` names file, line and column.
package struct ActorConfiguration: Sendable, Equatable {
  /// An environment variable as written: a value, or the name of a secret.
  package struct Variable: Sendable, Equatable {
    /// The name, which is valid.
    package let key: VariableName
    /// The value, which is valid; "@NAME" stands for the secret NAME.
    package let content: VariableValue

    package var name: String { key.description }
    package var value: String { content.description }

    /// The name of the secret that the value stands for.
    package var secretName: String? {
      Self.namesSecret(value) ? String(decoding: value.utf8.dropFirst(), as: UTF8.self) : nil
    }

    /// Whether `value`, in actor.json, is the name of a secret: there is no way to write such a value itself.
    package static func namesSecret(_ value: String) -> Bool { value.utf8.first == UInt8(ascii: "@") }
  }

  /// The path of the file, relative to the project's directory.
  package let file: String
  package let name: ActorName?
  package let version: VersionNumber?
  /// The tag of the version's builds.
  package let buildTag: BuildTag?
  package let title: String?
  package let description: String?
  /// The path of the Dockerfile, relative to the directory of the file; an address and an absolute path are
  /// none.
  package let dockerfile: String?
  /// Whether the Actor runs as a web server; nil where the file does not say.
  package let usesStandbyMode: Bool?
  /// Where values are that are not valid, in the order of the file.
  private let faultyKeys: [[String]]
  /// What is wrong with each of them.
  private let faults: [ProjectError]
  /// The variables, sorted by name; nil where the file has none, which leaves the platform's as they are.
  package let environmentVariables: [Variable]?

  /// The paths where actor.json may be, in the order of their precedence.
  package static let places = [".actor/actor.json", "actor.json", ActorField.legacyFile]

  /// The paths where the platform looks for a Dockerfile that the file does not name.
  package static let dockerfiles = [".actor/Dockerfile", "Dockerfile"]

  /// Reads the configuration of the project in the directory `folder`.
  ///
  /// - Throws: `ProjectError` where there is none, or it is not valid.
  package static func read(in folder: [UInt8]) throws(ProjectError) -> ActorConfiguration {
    try read { Paths.contents(Paths.join(folder, Array($0.utf8))) }
  }

  /// Reads the configuration of a project whose files `contents` returns by their paths.
  ///
  /// - Throws: `ProjectError` where there is none, or it is not valid.
  package static func read(
    _ contents: (_ path: String) throws(ProjectError) -> [UInt8]?
  ) throws(ProjectError) -> ActorConfiguration {
    for place in places {
      if let text = try contents(place) {
        return try ActorConfiguration(text, file: place)
      }
    }
    throw ProjectError(
      .noActor, reason: "no Actor here: .actor/actor.json is missing",
      help: "actorpush init writes one, or name the Actor (--actor)")
  }

  /// Reads `text`, the contents of `file`.
  ///
  /// - Throws: that it is no JSON object.
  package init(_ text: [UInt8], file: String) throws(ProjectError) {
    try self.init(JSONFile(text, name: file, code: .invalidConfiguration), file: file)
  }

  /// Reads `json`, what the file at `file` holds.
  package init(_ json: JSONFile, file: String) {
    let faults = ActorField.faults(in: json, file: file).filter { $0.kind == .invalid }
    faultyKeys = faults.map(\.keys)
    self.faults = faults.map { json.failure($0.keys, $0.cause) }
    self.file = file
    name = json.text("name").flatMap { try? ActorName($0) }
    version = json.text("version").flatMap { try? VersionNumber($0) }
    buildTag = json.text("buildTag").flatMap { try? BuildTag($0) }
    title = json.text("title")
    description = json.text("description")
    if case .bool(let uses)? = json.members["usesStandbyMode"] {
      usesStandbyMode = uses
    } else {
      usesStandbyMode = nil
    }
    dockerfile = json.path(at: ["dockerfile"])
    environmentVariables = Self.variables(json)
  }

  private static func variables(_ json: JSONFile) -> [Variable]? {
    guard case .object(let members)? = json.members["environmentVariables"] else { return nil }
    return members.sorted { $0.key < $1.key }.compactMap { name, value in
      guard case .string(let text) = value, let key = try? VariableName(name),
        let content = try? VariableValue(text)
      else { return nil }
      return Variable(key: key, content: content)
    }
  }

  /// The first value that is not valid: no push takes it.
  package var fault: ProjectError? { faults.first }

  /// The first value in one of the fields `names` that is not valid.
  package func fault(in names: String...) -> ProjectError? {
    zip(faultyKeys, faults).first { keys, _ in keys.first.map(names.contains) == true }?.1
  }
}

extension JSONFile {
  /// `text` in double quotes, at most 60 characters of it, escaped for a terminal.
  package static func shown(_ text: String) -> String {
    "\"" + TerminalText.of(String(text.prefix(60))) + (text.count > 60 ? "…" : "") + "\""
  }
}

extension ActorConfiguration {
  /// `text`, the contents of `file`, with other values of variables and of the build tag; every other byte
  /// stays.
  ///
  /// - Parameter settings: the paths of the values, and what they become.
  /// - Throws: `ProjectError` where the text is not valid, or does not say it afterwards.
  package static func edited(
    _ text: [UInt8], file: String, _ settings: [(path: [String], value: String)]
  ) throws(ProjectError) -> [UInt8] {
    let paths = settings.map(\.path)
    try ActorConfiguration(text, file: file).check(paths)
    var edit = JSONEdit(text)
    do throws(JSONScanner.Failure) {
      for setting in settings { try edit.set(setting.path, to: setting.value) }
    } catch {
      throw ProjectError(.invalidConfiguration, file: file, reason: "not valid JSON: " + error.reason)
    }
    let result = try JSONFile(edit.text, name: file, code: .invalidConfiguration)
    for (path, value) in settings where result.value(at: path) != .string(value) {
      throw result.failure(
        path, "\(JSONFile.shown(path.last ?? "")) cannot be changed here", help: "edit it by hand")
    }
    try ActorConfiguration(result, file: file).check(paths)
    return edit.text
  }

  /// Throws where a value at one of `paths`, or one that holds it, is not valid.
  private func check(_ paths: [[String]]) throws(ProjectError) {
    for (keys, fault) in zip(faultyKeys, faults) where paths.contains(where: { $0.starts(with: keys) }) {
      throw fault
    }
  }
}

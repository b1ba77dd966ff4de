// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// The actor.json of a project, as far as a push needs it.
///
/// The target reads the files of a project and its user: actor.json (`ActorConfiguration`), actorpush.json
/// (`DeployMap`), secrets and token (`UserFiles`, `Credentials`). Foundation decodes the JSON; `JSONScanner`
/// finds where its values are, so that each `ProjectError` names file, line and column.
package struct ActorConfiguration: Sendable, Equatable {
  /// An environment variable as written: a value, or the name of a secret.
  package struct Variable: Sendable, Equatable {
    package let name: String
    /// The value; "@NAME" stands for the secret NAME.
    package let value: String

    /// The name of the secret that the value stands for.
    package var secretName: String? { value.hasPrefix("@") ? String(value.dropFirst()) : nil }
  }

  /// The path of the file, relative to the project's directory.
  package let file: String
  package let name: String?
  package let version: VersionNumber?
  /// The tag of the version's builds.
  package let buildTag: String?
  package let title: String?
  package let description: String?
  /// Whether the Actor runs as a web server; nil where the file does not say.
  package let usesStandbyMode: Bool?
  /// The variables, sorted by name; nil where the file has none, which leaves the platform's as they are.
  package let environmentVariables: [Variable]?

  /// The paths where actor.json may be, in the order of their precedence.
  package static let places = [".actor/actor.json", "actor.json", "apify.json"]

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
  package init(_ text: [UInt8], file: String) throws(ProjectError) {
    try self.init(JSONFile(text, name: file, code: .invalidConfiguration), file: file)
  }

  /// Reads `json`, what the file at `file` holds.
  package init(_ json: JSONFile, file: String) throws(ProjectError) {
    self.file = file
    name = try Self.name(json)
    version = try Self.version(json)
    buildTag = try json.string("buildTag")
    if buildTag == "" { throw json.failure(["buildTag"], "\"buildTag\" must not be empty") }
    title = try json.string("title")
    description = try json.string("description")
    usesStandbyMode = try json.bool("usesStandbyMode")
    environmentVariables = try Self.variables(json)
  }

  private static func name(_ json: JSONFile) throws(ProjectError) -> String? {
    guard let name = try json.string("name") else { return nil }
    // "username/name" also names the owner; the platform's rule is about the name alone.
    let own = name.split(whereSeparator: { $0 == "/" || $0 == "~" }).last.map(String.init) ?? ""
    guard isName(own) else {
      throw json.failure(
        ["name"], "\"name\" must be 3 to 63 characters of a-z, 0-9 and -, not \(JSONFile.shown(name))")
    }
    return name
  }

  /// Whether `name` is valid as the name of an Actor.
  package static func isName(_ name: String) -> Bool {
    (3...63).contains(name.utf8.count)
      && name.utf8.allSatisfy {
        ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: "-")
      }
  }

  private static func version(_ json: JSONFile) throws(ProjectError) -> VersionNumber? {
    guard let text = try json.string("version") else { return nil }
    guard let version = VersionNumber(text) else {
      throw json.failure(
        ["version"],
        "\"version\" must be \(VersionNumber.rule), not \(JSONFile.shown(text))")
    }
    return version
  }

  private static func variables(_ json: JSONFile) throws(ProjectError) -> [Variable]? {
    let key = "environmentVariables"
    switch json.members[key] {
    case nil, .null: return nil
    case .object(let members):
      var variables: [Variable] = []
      for (name, value) in members.sorted(by: { $0.key < $1.key }) {
        guard case .string(let text) = value else {
          throw json.failure(
            [key, name], "the value of \(JSONFile.shown(name)) must be a string, not \(value.kind)")
        }
        guard (1...100).contains(name.utf16.count) else {
          throw json.failure([key, name], "the name of a variable must be 1 to 100 characters long")
        }
        guard text.utf16.count <= 50_000 else {
          throw json.failure(
            [key, name], "the value of \(JSONFile.shown(name)) is longer than 50,000 characters")
        }
        variables.append(Variable(name: name, value: text))
      }
      return variables
    case let other?:
      throw json.failure([key], "\"\(key)\" must be an object of strings, not \(other.kind)")
    }
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
    _ = try ActorConfiguration(text, file: file)
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
    return edit.text
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// What a project's actor.json says, as far as a push needs it.
package struct ActorConfiguration: Sendable, Equatable {
  /// An environment variable as written: a value, or the name of a secret.
  package struct Variable: Sendable, Equatable {
    /// Its name.
    package let name: String
    /// Its value; "@NAME" stands for the secret NAME.
    package let value: String

    /// The secret that the value names.
    package var secretName: String? { value.hasPrefix("@") ? String(value.dropFirst()) : nil }
  }

  /// The file's path relative to the project's folder.
  package let file: String
  /// The Actor's name.
  package let name: String?
  /// The version's number.
  package let version: VersionNumber?
  /// The tag of its builds.
  package let buildTag: String?
  /// The Actor's title.
  package let title: String?
  /// What the Actor does.
  package let description: String?
  /// Whether the Actor runs as a web server, where that is written.
  package let usesStandbyMode: Bool?
  /// The variables, in the order of their names; nil where none are written, which leaves the platform's as
  /// they are.
  package let environmentVariables: [Variable]?

  /// Where actor.json may lie, the usual place first.
  package static let places = [".actor/actor.json", "actor.json", "apify.json"]

  /// Reads the configuration of the project in `folder`.
  ///
  /// - Throws: that there is none, or what is wrong with it and where.
  package static func read(in folder: [UInt8]) throws(ProjectError) -> ActorConfiguration {
    try read { Paths.contents(Paths.join(folder, Array($0.utf8))) }
  }

  /// Reads the configuration of a project whose files `contents` gives by their paths.
  ///
  /// - Throws: that there is none, or what is wrong with it and where.
  package static func read(
    _ contents: (_ path: String) -> [UInt8]?
  ) throws(ProjectError) -> ActorConfiguration {
    for place in places {
      if let text = contents(place) {
        return try ActorConfiguration(text, file: place)
      }
    }
    throw ProjectError(
      .noActor, reason: "no Actor here: .actor/actor.json is missing; write one with at least a \"name\"")
  }

  /// Reads `text`, the contents of `file`.
  package init(_ text: [UInt8], file: String) throws(ProjectError) {
    let json = try JSONFile(text, name: file, code: .invalidConfiguration)
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
    // "username/name" is a way to say whose Actor it is; the platform's rule is about the name alone.
    let own = name.split(whereSeparator: { $0 == "/" || $0 == "~" }).last.map(String.init) ?? ""
    guard isName(own) else {
      throw json.failure(
        ["name"], "\"name\" must be 3 to 63 characters of a-z, 0-9 and -, not \(JSONFile.shown(name))")
    }
    return name
  }

  /// Whether `name` can be an Actor's.
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
        "\"version\" must be MAJOR.MINOR, each 0 to 99, such as 0.1, not \(JSONFile.shown(text))"
      )
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
  static func shown(_ text: String) -> String {
    "\"" + TerminalText.of(String(text.prefix(60))) + (text.count > 60 ? "…" : "") + "\""
  }
}

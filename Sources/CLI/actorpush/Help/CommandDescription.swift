// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import FoundationEssentials

/// What ArgumentParser knows of one command: its arguments, as it describes them to other programs.
struct CommandDescription: Decodable {
  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String

      /// "--tree", "-q".
      var text: String { (kind == "long" ? "--" : "-") + name }
    }

    let kind: String
    let shouldDisplay: Bool
    let sectionTitle: String?
    let isOptional: Bool
    let isRepeating: Bool
    let names: [Name]?
    let valueName: String?
    let defaultValue: String?
    let allValues: [String]?
    let abstract: String?

    var isPositional: Bool { kind == "positional" }
    /// Whether it has a value behind its name.
    var takesValue: Bool { kind == "option" }
    var value: String { "<\(valueName ?? "value")>" }

    /// "-o, --output <file>"; "<directory>".
    var label: String {
      guard !isPositional else { return value }
      let short = (names ?? []).filter { $0.kind == "short" }
      let long = (names ?? []).filter { $0.kind != "short" }
      let text = (short + long).map(\.text).joined(separator: ", ")
      return takesValue ? "\(text) \(value)" : text
    }
  }

  private struct Document: Decodable { let command: CommandDescription }

  let arguments: [Argument]

  private enum CodingKeys: CodingKey { case arguments }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    arguments = try container.decodeIfPresent([Argument].self, forKey: .arguments) ?? []
  }

  private init() { arguments = [] }

  /// What it knows of `command`.
  static func of(_ command: any ParsableCommand.Type) -> CommandDescription {
    let text = Data(command._dumpHelp().utf8)
    return (try? JSONDecoder().decode(Document.self, from: text))?.command ?? CommandDescription()
  }

  /// The arguments that users are shown.
  var shown: [Argument] { arguments.filter(\.shouldDisplay) }
  /// Every long name: "--tree".
  var longNames: [String] {
    arguments.flatMap { $0.names ?? [] }.filter { $0.kind == "long" }.map(\.text)
  }

  /// The argument that is called `name`: "--tree".
  func argument(_ name: String) -> Argument? {
    arguments.first { argument in (argument.names ?? []).contains { $0.text == name } }
  }
}

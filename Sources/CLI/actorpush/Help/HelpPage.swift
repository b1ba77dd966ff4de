// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser

/// What `--help` shows of a command: what it does, its usage, its arguments and options in titled groups, and
/// examples, which are the indented lines at the end of its discussion.
struct HelpPage {
  private static let labelWidth = 28
  /// The group of the options that every command has.
  private static let common = "Output"
  private static let commonNames = ["--json", "--sarif", "--quiet", "--verbose", "--color", "--help"]

  private let path: CommandPath
  private let columns: Int
  private let isColored: Bool

  /// The page of the command at `path`, in lines of at most `columns` characters.
  init(_ path: CommandPath, columns: Int, isColored: Bool) {
    self.path = path
    self.columns = max(40, min(100, columns))
    self.isColored = isColored
  }

  var lines: [String] {
    let configuration = path.type.configuration
    let (paragraphs, examples) = Self.parts(of: configuration.discussion)
    var lines = WrappedText.lines(configuration.abstract, columns: columns)
    for paragraph in paragraphs { lines += [""] + WrappedText.lines(paragraph, columns: columns) }
    let usage = WrappedText.lines(path.usage, columns: columns - 7)
    lines += ["", title("Usage:") + " " + usage.joined(separator: "\n       ")]
    for group in commandGroups { lines += section(group.title, group.rows) }
    for group in optionGroups { lines += section(group.title, group.rows) }
    if !examples.isEmpty { lines += ["", title("Examples:")] + examples.flatMap(example) }
    if !path.commands.isEmpty {
      lines += ["", "\(path.text) <command> --help shows the options of a command."]
    }
    return lines
  }

  /// The paragraphs of a discussion, and the examples at its end.
  private static func parts(of discussion: String) -> (paragraphs: [String], examples: [Substring]) {
    var (paragraphs, examples): ([String], [Substring]) = ([], [])
    var paragraph = ""
    for line in discussion.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("  ") {
        examples.append(line)
      } else if line.isEmpty {
        if !paragraph.isEmpty { paragraphs.append(paragraph) }
        paragraph = ""
      } else {
        paragraph += (paragraph.isEmpty ? "" : " ") + line
      }
    }
    return (paragraph.isEmpty ? paragraphs : paragraphs + [paragraph], examples)
  }

  /// An example as it stands, or its remark below it where the line is too long.
  private func example(_ line: Substring) -> [String] {
    if line.unicodeScalars.count <= columns { return [String(line)] }
    let command = line.drop { $0 == " " }
    guard let gap = Self.gap(in: command) else { return [String(line)] }
    let remark = command[gap...].drop { $0 == " " }
    return ["  \(command[..<gap])"] + WrappedText.lines(remark, columns: columns - 6).map { "      " + $0 }
  }

  /// Where the remark of an example begins: behind two spaces.
  private static func gap(in line: Substring) -> Substring.Index? {
    line.indices.first { index in
      let next = line.index(after: index)
      return line[index] == " " && next < line.endIndex && line[next] == " "
    }
  }

  private var commandGroups: [(title: String, rows: [(label: String, text: String)])] {
    let configuration = path.type.configuration
    func rows(_ commands: [any ParsableCommand.Type]) -> [(label: String, text: String)] {
      commands.filter { $0.configuration.shouldDisplay }.map { command in
        let isDefault = configuration.defaultSubcommand == command
        return (
          (command.configuration.commandName ?? "") + (isDefault ? " (default)" : ""),
          command.configuration.abstract
        )
      }
    }
    return [("Commands", rows(configuration.ungroupedSubcommands))]
      + configuration.groupedSubcommands.map { ($0.name, rows($0.subcommands)) }
  }

  private var optionGroups: [(title: String, rows: [(label: String, text: String)])] {
    var groups: [(title: String, rows: [(label: String, text: String)])] = [
      ("Arguments", []), ("Options", []),
    ]
    var common: [(label: String, text: String)] = []
    // A command has a --version of the Actor, or none.
    if path.type == ActorPush.self { groups[1].rows.append(("-V, --version", "Show the program's version.")) }
    for argument in CommandDescription.of(path.type).shown {
      let row = (argument.label, Self.text(of: argument))
      let isCommon = (argument.names ?? []).contains { Self.commonNames.contains($0.text) }
      let title =
        path.type == ActorPush.self
        ? "Options"
        : argument.isPositional ? "Arguments" : isCommon ? Self.common : argument.sectionTitle ?? "Options"
      if title == Self.common {
        common.append(row)
      } else if let index = groups.firstIndex(where: { $0.title == title }) {
        groups[index].rows.append(row)
      } else {
        groups.append((title, [row]))
      }
    }
    return groups + [(Self.common, common)]
  }

  /// What the option is for, with its default.
  private static func text(of argument: CommandDescription.Argument) -> String {
    let text = argument.abstract ?? ""
    guard let value = argument.defaultValue, !value.isEmpty, argument.kind != "flag" else { return text }
    return text + " (default: \(value))"
  }

  private func section(_ name: String, _ rows: [(label: String, text: String)]) -> [String] {
    if rows.isEmpty { return [] }
    return ["", title(name + ":")]
      + WrappedText.table(rows, labelWidth: min(Self.labelWidth, columns / 2), columns: columns)
  }

  private func title(_ text: String) -> String { isColored ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
}

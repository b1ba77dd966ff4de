// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser

/// The command that the first words of a command line name.
struct CommandPath {
  /// "actorpush", "hook", "install".
  private(set) var names = [ActorPush.name]
  private(set) var type: any ParsableCommand.Type = ActorPush.self
  /// Whether it is what `help` is asked about.
  let isHelp: Bool
  /// What stands behind the names.
  private(set) var rest: [String]
  /// The word behind it that names no command; nil where there is none.
  private(set) var unknown: String?

  /// The one that `arguments` name, as far as they do; behind `help`, too.
  init(_ arguments: [String]) {
    isHelp = arguments.first == "help"
    rest = isHelp ? Array(arguments.dropFirst()) : arguments
    while let word = rest.first {
      guard let next = command(word) else {
        let isTaken = isHelp ? names.count == 1 && word == "help" : type.configuration.subcommands.isEmpty
        if !isTaken, !word.hasPrefix("-") { unknown = word }
        break
      }
      names.append(word)
      rest.removeFirst()
      type = next
    }
  }

  /// The command `word` below the last one that was named.
  private func command(_ word: String) -> (any ParsableCommand.Type)? {
    if names.count == 1 { return CommandName(rawValue: word)?.type }
    return type.configuration.subcommands.first { $0.configuration.commandName == word }
  }

  /// "actorpush hook install".
  var text: String { names.joined(separator: " ") }

  /// The same, as `help` is asked about it.
  var asked: String { isHelp ? ([ActorPush.name, "help"] + names.dropFirst()).joined(separator: " ") : text }

  /// The names of the commands below it that are shown.
  var commands: [String] {
    type.configuration.subcommands.filter { $0.configuration.shouldDisplay }.compactMap {
      $0.configuration.commandName
    }
  }

  /// The command itself, or the one that stands for it where none below is named.
  private var meant: any ParsableCommand.Type { type.configuration.defaultSubcommand ?? type }

  /// What is known of it.
  var description: CommandDescription { .of(meant) }

  /// What it does; nil where it does nothing by itself.
  var operationType: (any OperationCommand.Type)? {
    isHelp || names.count == 1 ? nil : meant as? any OperationCommand.Type
  }

  /// What it is called in JSON; nil where it does nothing by itself.
  var operation: String? { operationType?.operation }

  /// "actorpush list [options] [<directory>]".
  var usage: String {
    if !commands.isEmpty { return "\(text) <command>" }
    let arguments = description.shown
    let needed = arguments.filter { $0.takesValue && !$0.isOptional }.map(\.label)
    let positional = arguments.filter(\.isPositional).map { argument in
      let value = argument.value + (argument.isRepeating ? "..." : "")
      return argument.isOptional ? "[\(value)]" : value
    }
    return ([text] + needed + ["[options]"] + positional).joined(separator: " ")
  }
}

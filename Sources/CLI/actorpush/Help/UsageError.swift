// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Checks
internal import Deploy
internal import SystemIO

/// A command line that is not understood: what is wrong with it, and what was meant.
///
/// ArgumentParser gives its errors as texts alone. This is the one place that reads them.
struct UsageError {
  private let path: CommandPath
  private let message: String
  private let arguments: [String]

  /// What `message` of ArgumentParser, or of a command's own validation, says about `arguments`.
  init(_ message: String, _ arguments: [String]) {
    self.message = message
    self.arguments = arguments
    path = CommandPath(arguments)
  }

  /// What is to be said of what is empty in `arguments`.
  init(_ empty: RawArguments.Empty, _ arguments: [String]) {
    var option: String?
    switch empty {
    case .value(let name): option = name
    case .argument(let before):
      let known = before.flatMap { CommandPath(arguments).description.argument($0) }
      if known?.takesValue == true { option = before }
    }
    self.init(option.map { "\(Self.emptyValue)'\($0)'" } ?? "an argument is empty", arguments)
  }

  private static let emptyValue = "Empty value for "

  var diagnosis: Diagnosis {
    let (cause, help) = reading
    return Diagnosis(
      type: "usage", at: path.isHelp ? "\(ActorPush.name) help" : path.text,
      message: TerminalText.line(cause.utf8),
      help: TerminalText.line((help ?? hint).utf8), status: .usage, phase: "arguments")
  }

  private var hint: String { "\(path.text) --help shows what there is" }

  private var reading: (cause: String, help: String?) {
    let quoted = Self.quoted(message)
    if message.hasPrefix("Unknown option '"), let name = quoted.first { return unknown(option: name) }
    if message.hasPrefix("Missing value for '"), let option = quoted.first {
      return ("\(Self.name(option)) needs a value", description(of: option))
    }
    if message.hasPrefix(Self.emptyValue), let option = quoted.first {
      return ("the value of \(option) is empty", description(of: option))
    }
    if message.hasPrefix("The option '"), quoted.count > 1 {
      return ("\(quoted[0]) takes no value, but '\(quoted[1])' is given", nil)
    }
    if message.hasPrefix("Unexpected argument '") || Self.hasNumber(message, " unexpected arguments: ") {
      return unexpected(quoted)
    }
    if message.hasPrefix("Missing "), let name = unknownName { return unknown(option: name) }
    if message.hasPrefix("Missing expected argument '"), let argument = quoted.first {
      return ("\(Self.name(argument)) is missing", description(of: argument) ?? "usage: \(path.usage)")
    }
    if message.hasPrefix("Missing one of: ") {
      return ("one of \(quoted.joined(separator: ", ")) is missing", nil)
    }
    if message.hasPrefix("The value '"), quoted.count > 1 { return invalid(quoted[0], quoted[1]) }
    if message.hasPrefix("Value to be set with flag '"), quoted.count > 1 {
      return ("\(quoted[0]) and \(quoted[1]) exclude each other", "give one of them")
    }
    if message.hasPrefix("Can't "), message.utf8.holds("completion-script") {
      return ("no completions for this shell", "--generate-completion-script takes bash, zsh or fish")
    }
    // A command's own check comes before the search for options that it does not have.
    if let name = unknownName { return unknown(option: name) }
    return own
  }

  /// The first option that the command does not have.
  private var unknownName: String? {
    let description = path.description
    return arguments.prefix { $0 != "--" }.filter { $0.utf8.count > 1 && $0.hasPrefix("-") }
      .map { String($0.prefix { $0 != "=" }) }
      .first { $0.hasPrefix("--") ? description.argument($0) == nil : !Self.areKnown($0, to: description) }
  }

  /// Whether each letter of `cluster` ("-qo") is an option, up to one that takes the rest as its value.
  private static func areKnown(_ cluster: String, to description: CommandDescription) -> Bool {
    for letter in cluster.dropFirst() {
      guard let argument = description.argument("-\(letter)") else { return false }
      if argument.takesValue { return true }
    }
    return true
  }

  /// What a command's own check says: "cause; help".
  private var own: (cause: String, help: String?) {
    let text = message.split(separator: "\n").first.map(String.init) ?? "the command line is not understood"
    let first = text.prefix(1)
    let isSentence = text.dropFirst().first?.isLowercase == true
    let cause = (isSentence ? first.lowercased() : String(first)) + text.dropFirst()
    guard let mark = cause.firstIndex(of: ";") else { return (cause, nil) }
    return (String(cause[..<mark]), String(cause[cause.index(after: mark)...].drop { $0 == " " }))
  }

  private func unknown(option name: String) -> (String, String?) {
    if path.isHelp {
      return (
        "help takes the names of commands, not \(name)", "\(path.text) --help shows the page; it is text only"
      )
    }
    // Whose option it would be is not known where there is no such command.
    if !path.commands.isEmpty, let word = arguments.dropFirst(path.names.count - 1).first,
      !word.hasPrefix("-")
    {
      return unexpected([word])
    }
    let cause = "unknown option \(name)"
    if name == "--version" || name == "-V" {
      return (cause, "\(ActorPush.name) --version shows the program's version")
    }
    if path.names.last == CommandName.push.rawValue, let hint = ApifyCLIWords.hint(forPushOption: name) {
      return (cause, hint)
    }
    // One dash too few is no other name.
    let word = String(name.drop { $0 == "-" })
    let names = path.description.longNames.map { String($0.dropFirst(2)) }
    let near = names.contains(word) ? word : EditDistance.nearest(to: word, among: names)
    return (cause, near.map { "did you mean --\($0)?" })
  }

  private func unexpected(_ words: [String]) -> (String, String?) {
    let word = words.first ?? ""
    if !path.commands.isEmpty {
      let near = EditDistance.nearest(to: word, among: path.commands)
      let all = path.commands.joined(separator: ", ")
      return (
        "unknown command \(word)",
        ApifyCLIWords.hint(forCommand: word) ?? near.map { "did you mean \(path.asked) \($0)?" }
          ?? "commands are \(all)"
      )
    }
    let list = words.map { "'\($0)'" }.joined(separator: ", ")
    return ("unexpected \(Quantity.word(words.count, "argument")) \(list)", "usage: \(path.usage)")
  }

  private func invalid(_ value: String, _ option: String) -> (String, String?) {
    let argument = path.description.argument(Self.name(option))
    let cause = "\(Self.name(option)): invalid value '\(value)'"
    guard let values = argument?.allValues, !values.isEmpty else { return (cause, description(of: option)) }
    let near = EditDistance.nearest(to: value, among: values).map { "did you mean \($0)? " } ?? ""
    return (cause, near + "it is one of \(values.joined(separator: ", "))")
  }

  /// "--depth <levels>: how deep the tree is shown".
  private func description(of option: String) -> String? {
    let arguments = path.description.shown
    let argument =
      path.description.argument(Self.name(option))
      ?? arguments.first { $0.isPositional && option.hasPrefix($0.value) }
    guard let argument, let text = argument.abstract, !text.isEmpty else { return nil }
    return "\(argument.label): \(text)"
  }

  /// "--depth" of "--depth <levels>"; "<path>" of "<path> ...".
  private static func name(_ option: String) -> String { String(option.prefix { $0 != " " }) }

  private static func hasNumber(_ text: String, _ rest: String) -> Bool {
    let digits = text.prefix { $0.isNumber }
    return !digits.isEmpty && text.dropFirst(digits.count).hasPrefix(rest)
  }

  /// What stands between single quotes; a quote within it ends at the last one that a space, a dot, a colon,
  /// a comma or the end follows.
  private static func quoted(_ text: String) -> [String] {
    var (found, rest) = ([String](), text[...])
    while let start = rest.firstIndex(of: "'") {
      let body = rest[rest.index(after: start)...]
      guard
        let end = body.indices.first(where: { index in
          guard body[index] == "'" else { return false }
          let next = body.index(after: index)
          return next == body.endIndex || " .:,?\n".contains(body[next])
        })
      else { break }
      found.append(String(body[..<end]))
      rest = body[body.index(after: end)...]
    }
    return found
  }
}

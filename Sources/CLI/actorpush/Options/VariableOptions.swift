// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ArgumentParser
internal import Deploy
internal import SystemIO

/// Environment variables from the command line.
struct VariableOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Set this environment variable of the version; may be repeated.", valueName: "name=value"))
  var env: [String] = []

  @Option(
    help: ArgumentHelp(
      "Set the variables of this dotenv file; --env wins; may be repeated.", valueName: "file"),
    completion: .file())
  var envFile: [String] = []

  @Option(
    help: ArgumentHelp(
      "Set this secret variable, with its value from this environment or from a file; may be repeated.",
      valueName: "name or name=@file"))
  var secretEnv: [String] = []

  /// Whether any is given.
  var isAny: Bool { !env.isEmpty || !envFile.isEmpty || !secretEnv.isEmpty }

  /// The variables of this environment whose values are secrets.
  var secretNames: Set<String> { Set(secretEnv.filter { !$0.contains("=") }) }

  /// The variables.
  func variables(_ environment: ProcessEnvironment) throws(Failure) -> [DeclaredVariables.Variable] {
    var variables: [DeclaredVariables.Variable] = []
    for text in env {
      guard let sign = text.utf8.firstIndex(of: UInt8(ascii: "=")), sign > text.startIndex else {
        throw Failure(usage: "--env \(TerminalText.of(text)): must be NAME=VALUE")
      }
      let value = String(text[text.utf8.index(after: sign)...])
      variables.append(try Self.variable("--env", String(text[..<sign]), value, isSecret: false))
    }
    for text in secretEnv { variables.append(try Self.secret(text, environment)) }
    if let twice = Dictionary(grouping: variables, by: \.name).first(where: { $0.value.count > 1 })?.key {
      throw Failure(usage: "\(TerminalText.of(twice)) is given more than once")
    }
    for variable in try fileVariables() where !variables.contains(where: { $0.name == variable.name }) {
      variables.append(variable)
    }
    return variables
  }

  /// The variables of the files, later ones winning.
  private func fileVariables() throws(Failure) -> [DeclaredVariables.Variable] {
    var variables: [DeclaredVariables.Variable] = []
    for file in envFile {
      let contents = try NamedFile.contents(file, "--env-file \(TerminalText.of(file))")
      let read: DotenvFile
      do throws(ProjectError) { read = try DotenvFile(contents, file: file) } catch {
        throw Failure(DeployError.project(error))
      }
      for (name, value) in read.variables {
        variables.removeAll { $0.name == name }
        variables.append(
          try Self.variable("--env-file \(TerminalText.of(file)),", name, value, isSecret: false))
      }
    }
    return variables
  }

  /// A secret never stands on a command line, which others can see.
  private static func secret(
    _ text: String, _ environment: ProcessEnvironment
  ) throws(Failure) -> DeclaredVariables.Variable {
    guard let sign = text.firstIndex(of: "=") else {
      guard let value = environment.variables[text] else {
        throw Failure(
          argument: "--secret-env \(shown(text)): not set in this environment",
          help: "export it, or name a file that holds it: NAME=@FILE")
      }
      guard EnvironmentCheck.isText(text, environment.variables) else {
        throw failure("--secret-env \(shown(text)): its value in this environment is no text")
      }
      return try variable("--secret-env", text, value, isSecret: true)
    }
    let name = String(text[..<sign])
    let source = text[text.index(after: sign)...]
    guard source.first == "@", source.utf8.count > 1, !name.isEmpty else {
      throw Failure(
        usage: "--secret-env \(shown(name)): must be NAME or NAME=@FILE",
        help: "a value on the command line is visible to other users; set it in the environment, or in a file"
      )
    }
    let file = String(source.dropFirst())
    let subject = "--secret-env \(shown(name)): \(TerminalText.of(file))"
    guard var value = String(validating: try NamedFile.contents(file, subject), as: UTF8.self) else {
      throw failure("\(subject) is no text")
    }
    // Editors and echo end a file with a line's end.
    if value.utf8.last == UInt8(ascii: "\n") { value.removeLast() }
    return try variable("--secret-env", name, value, isSecret: true)
  }

  /// `name` of a secret in a message. What does not look like a name may be the secret itself, given in its
  /// place.
  private static func shown(_ name: String) -> String {
    let isName = name.utf8.allSatisfy { byte in
      byte == UInt8(ascii: "_") || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    return isName ? name : "[not shown]"
  }

  /// A variable that `option` gives.
  private static func variable(
    _ option: String, _ name: String, _ value: String, isSecret: Bool
  ) throws(Failure) -> DeclaredVariables.Variable {
    do throws(InvalidValue) {
      return .init(try VariableName(name), try VariableValue(value), isSecret: isSecret)
    } catch {
      let name = isSecret ? shown(name) : JSONFile.shown(name)
      throw failure("\(option) \(name): \(error)")
    }
  }

  private static func failure(_ message: String) -> Failure { Failure(argument: message) }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// The stages of a Dockerfile that its last one needs: only they are built.
struct DockerStages {
  /// A COPY or ADD from the context.
  struct Copy {
    let instruction: DockerInstruction
    /// Its sources with the values of their variables; nil for one that cannot be decided, or is no file of
    /// the context.
    let sources: [[UInt8]?]
    /// Whether each of them is known, or no file of the context.
    let isDecided: Bool
  }

  private struct Stage {
    var name: String?
    var variables: DockerVariables
    var copies: [Copy] = []
    var commands: [DockerInstruction] = []
    /// The stages whose files it needs, by name or number.
    var needs: Set<String> = []
  }

  /// The copies of the stages that are built.
  private(set) var copies: [Copy] = []
  /// Their RUN, CMD and ENTRYPOINT.
  private(set) var commands: [DockerInstruction] = []
  /// The copies of all stages, also of those that are not built; and their commands.
  private(set) var all: (copies: [Copy], commands: [DockerInstruction]) = ([], [])
  /// Whether one of them changes the modes of files.
  private(set) var changesModes = false

  /// - Parameter open: names of ARGs whose values the platform may give.
  init(_ file: Dockerfile, open: Set<String>) {
    let none = DockerVariables(escape: file.escape, open: open)
    var global = none
    var stages: [Stage] = []
    for instruction in file.instructions {
      if instruction.name == "from" {
        stages.append(Self.stage(instruction, after: stages, none: none))
        continue
      }
      guard var stage = stages.popLast() else {
        if instruction.name == "arg" { global.declare(instruction, global: nil) }
        continue
      }
      Self.take(instruction, of: file, global, into: &stage)
      stages.append(stage)
    }
    all = (stages.flatMap(\.copies), stages.flatMap(\.commands))
    for stage in Self.needed(stages) {
      copies += stage.copies
      commands += stage.commands
    }
    changesModes =
      copies.contains { $0.instruction.flag("chmod") != nil }
      || commands.contains { Self.mayChangeModes($0, of: file) }
  }

  /// Whether a command has the word `chmod`, however it is put; what a heredoc says is not read.
  private static func mayChangeModes(_ command: DockerInstruction, of file: Dockerfile) -> Bool {
    if command.name == "run", DockerText.words(command.arguments).contains(where: { Heredoc($0) != nil }) {
      return true
    }
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    return command.arguments.split { !letters.contains($0) }.contains(Array("chmod".utf8)[...])
  }

  private static func stage(_ from: DockerInstruction, after stages: [Stage], none: DockerVariables) -> Stage
  {
    let words = DockerText.words(from.arguments).map { String(decoding: $0, as: UTF8.self) }
    let base = words.first?.lowercased()
    let parent = stages.last { $0.name != nil && $0.name == base }
    // What a stage sets, those that begin with it have, too.
    var stage = Stage(variables: parent?.variables ?? none)
    if words.count >= 3, words[1].lowercased() == "as" { stage.name = words[2].lowercased() }
    if let base { stage.needs.insert(base) }
    return stage
  }

  private static func take(
    _ instruction: DockerInstruction, of file: Dockerfile, _ global: DockerVariables, into stage: inout Stage
  ) {
    switch instruction.name {
    case "arg": stage.variables.declare(instruction, global: global)
    case "env": stage.variables.set(instruction)
    case "copy", "add":
      if let from = instruction.flag("from") {
        stage.needs.insert(String(decoding: from.value ?? [], as: UTF8.self).lowercased())
      } else {
        stage.copies.append(copy(instruction, of: file, stage.variables))
      }
    case "run", "cmd", "entrypoint":
      stage.commands.append(instruction)
      for mount in instruction.flags where mount.name == "mount" {
        for part in (mount.value ?? []).split(separator: UInt8(ascii: ","))
        where part.starts(with: "from=".utf8) {
          stage.needs.insert(String(decoding: part.dropFirst(5), as: UTF8.self).lowercased())
        }
      }
    default: break
    }
  }

  private static func copy(
    _ instruction: DockerInstruction, of file: Dockerfile, _ variables: DockerVariables
  ) -> Copy {
    let isJSON = instruction.jsonWords != nil
    let isDeep = instruction.flag("parents") != nil
    var isDecided = true
    let sources = instruction.words.dropLast().map { word -> [UInt8]? in
      if !isJSON, Heredoc(word) != nil { return nil }
      guard let source = variables.expand(word), !source.isEmpty else {
        isDecided = false
        return nil
      }
      if instruction.name == "add", isRemote(source) { return nil }
      // With --parents the stars have another meaning.
      if isDeep, source.contains(UInt8(ascii: "*")) {
        isDecided = false
        return nil
      }
      return source
    }
    return Copy(instruction: instruction, sources: Array(sources), isDecided: isDecided)
  }

  /// Whether `source` of an ADD is fetched from elsewhere.
  private static func isRemote(_ source: [UInt8]) -> Bool {
    let text = String(decoding: source, as: UTF8.self)
    if ["http://", "https://", "ftp://", "git://", "ssh://", "git@"].contains(where: text.hasPrefix) {
      return true
    }
    return text.hasPrefix("github.com/") || source.holds(".git#") || text.hasSuffix(".git")
  }

  /// The last of `stages`, and those that it needs.
  private static func needed(_ stages: [Stage]) -> [Stage] {
    var needed = Set(stages.indices.last.map { [$0] } ?? [])
    // A stage needs only those before it.
    for index in stages.indices.reversed() where needed.contains(index) {
      for need in stages[index].needs {
        if let number = Int(need), number >= 0, number < index { needed.insert(number) }
        if let named = stages[..<index].lastIndex(where: { $0.name == need }) { needed.insert(named) }
      }
    }
    return stages.indices.filter(needed.contains).map { stages[$0] }
  }
}

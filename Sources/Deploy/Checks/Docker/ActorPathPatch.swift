// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Gives a Dockerfile the value of `ACTOR_PATH_IN_DOCKER_CONTEXT` that it has when the platform builds a git
/// source, and another one when it builds a package: behind each `ARG` of that name goes an `ENV`, which
/// wins.
package enum ActorPathPatch {
  /// The build argument.
  package static let name = "ACTOR_PATH_IN_DOCKER_CONTEXT"
  private static let comment = "# actorpush: as in a build of a git source"

  /// `text` with the value `path`.
  package static func apply(_ path: [UInt8], to text: [UInt8]) -> [UInt8] {
    let file = Dockerfile(text)
    var ends: Set<Int> = []
    var hasStage = false
    for instruction in file.instructions {
      if instruction.name == "from" { hasStage = true }
      guard hasStage, instruction.name == "arg", declares(instruction, file.escape) else { continue }
      ends.insert(instruction.endLine)
    }
    if ends.isEmpty { return text }
    let lineBreak = text.firstIndex(of: 0x0A).map { $0 > 0 && text[$0 - 1] == 0x0D } == true ? "\r\n" : "\n"
    let added = lines(path, escape: file.escape, lineBreak)
    var result: [UInt8] = []
    var number = 0
    var rest = text[...]
    while !rest.isEmpty {
      number += 1
      let end = rest.firstIndex(of: 0x0A).map { $0 + 1 } ?? rest.endIndex
      result += rest[..<end]
      guard ends.contains(number) else {
        rest = rest[end...]
        continue
      }
      if result.last != 0x0A { result += Array(lineBreak.utf8) }
      result += added
      rest = rest[end...]
    }
    return result
  }

  /// `text` without what `apply` has added.
  package static func remove(_ path: [UInt8], from text: [UInt8]) -> [UInt8] {
    var text = text
    let escape = Dockerfile(text).escape
    for lineBreak in ["\n", "\r\n"] {
      let added = lines(path, escape: escape, lineBreak)
      var start = 0
      while start + added.count <= text.count {
        let end = start + added.count
        let isLine = start == 0 || text[start - 1] == 0x0A
        if isLine, text[start..<end].elementsEqual(added) {
          text.removeSubrange(start..<end)
        } else {
          start = text[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.count
        }
      }
    }
    return text
  }

  private static func declares(_ argument: DockerInstruction, _ escape: UInt8) -> Bool {
    DockerText.quotedWords(argument.arguments, escape: escape).contains { word in
      word.prefix { $0 != UInt8(ascii: "=") }.elementsEqual(name.utf8)
    }
  }

  private static func lines(_ path: [UInt8], escape: UInt8, _ lineBreak: String) -> [UInt8] {
    var value: [UInt8] = []
    for byte in path {
      if [UInt8(ascii: "\""), UInt8(ascii: "$"), escape].contains(byte) { value.append(escape) }
      value.append(byte)
    }
    return Array("\(comment)\(lineBreak)ENV \(name)=\"".utf8) + value + Array("\"\(lineBreak)".utf8)
  }
}

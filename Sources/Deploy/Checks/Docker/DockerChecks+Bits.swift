// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension DockerChecks {
  /// Scripts that the Dockerfile runs by their executable bit, which inline files do not have. Where it
  /// changes modes itself nothing is said.
  ///
  /// - Parameter canBeZip: whether the files go as a zip for that.
  func bitFindings(_ stages: DockerStages, _ path: [UInt8], canBeZip: Bool) -> [Finding] {
    if stages.changesModes || stages.commands.isEmpty { return [] }
    let records = package.entries.records
    let scripts = records.indices.filter { records[$0].traits.contains(.executable) }
      .map { package.entries[$0] }
    if scripts.isEmpty { return [] }
    var findings: [Finding] = []
    for command in stages.commands {
      for program in Self.programs(command) {
        guard let script = scripts.first(where: { Self.isEnd($0.path, of: program) }) else { continue }
        let shown = TerminalText.of(script.path)
        if findings.contains(where: { $0.cause.hasPrefix(shown + ":") }) { continue }
        let runs = "\(command.name.uppercased()) runs it"
        let place = Finding.Place(path, line: command.line)
        var finding =
          canBeZip
          ? Finding(
            .executableBitLost, severity: .note, at: place,
            "\(shown): \(runs) by its executable bit, which inline files do not have; the files go as a zip",
            remedy: "add RUN chmod +x \(shown), and they go inline")
          : Finding(
            .executableBitLost, at: place,
            "\(shown): inline files have no executable bit, and \(runs)",
            remedy: "push with --source-type zip (\"sourceType\": \"zip\" in .actor/actorpush.json), "
              + "or add RUN chmod +x \(shown)")
        finding.asksForZip = canBeZip
        findings.append(finding)
      }
    }
    return findings
  }

  /// The programs that `command` runs by a path of their own.
  static func programs(_ command: DockerInstruction) -> [[UInt8]] {
    if let words = command.jsonWords { return words.prefix(1).filter { $0.contains(UInt8(ascii: "/")) } }
    let separators = Set(";&|\n(){}".utf8)
    let keywords = ["exec", "then", "do", "else", "if", "time"].map { Array($0.utf8) }
    return command.arguments.split(whereSeparator: separators.contains).compactMap { part in
      let words = DockerText.words(Array(part))
      let program = words.first { !$0.contains(UInt8(ascii: "=")) && !keywords.contains($0) }
      return program.flatMap { $0.contains(UInt8(ascii: "/")) ? $0 : nil }
    }
  }

  /// Whether `program` can be the file at `path` in some directory of the image: "./bin/run.sh" for
  /// "bin/run.sh".
  private static func isEnd(_ path: [UInt8], of program: [UInt8]) -> Bool {
    let program = PackagePath.clipped(program)
    if program == path { return true }
    let tail = [UInt8(ascii: "/")] + path
    return program.count > tail.count && program.suffix(tail.count).elementsEqual(tail)
  }
}

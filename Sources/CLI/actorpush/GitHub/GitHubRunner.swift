// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// The runner of GitHub Actions, where the process is part of a job: it takes annotations from what is
/// written to standard error, and outputs and a summary from files that it names.
struct GitHubRunner: Sendable {
  enum Level: String {
    case notice
    case warning
    case error
  }

  private let outputFile: String?
  private let summaryFile: String?
  /// The path from the top of the checkout to the current directory, with a slash at its end.
  private let prefix: [UInt8]?

  /// The one that `environment` tells of; nil elsewhere.
  init?(_ environment: ProcessEnvironment) {
    guard environment["GITHUB_ACTIONS"] == "true" else { return nil }
    outputFile = environment["GITHUB_OUTPUT"]
    summaryFile = environment["GITHUB_STEP_SUMMARY"]
    prefix = environment["GITHUB_WORKSPACE"].flatMap { workspace -> [UInt8]? in
      guard let top = try? Paths.resolved(Array(workspace.utf8)),
        let here = try? Paths.resolved([UInt8(ascii: ".")])
      else { return nil }
      if here == top { return [] }
      return Paths.isInside(here, top) ? Array(here.dropFirst(top.count + 1)) + [UInt8(ascii: "/")] : nil
    }
  }

  /// The command that makes `message` an annotation: of the file and line at `place` ("a/b:3:1"), where there
  /// is such a file.
  func annotation(_ level: Level, _ message: String, at place: String?) -> String {
    guard let prefix, let place, let (file, line, column) = Self.position(place) else {
      return Self.command(level, message)
    }
    let path = String(decoding: prefix, as: UTF8.self) + file
    return Self.command(level, message, file: path, line: line, column: column)
  }

  /// The command that makes `message` an annotation of `file`, a path from the top of the checkout.
  static func command(
    _ level: Level, _ message: String, file: String? = nil, line: Int? = nil, column: Int? = nil
  ) -> String {
    var properties = ["title=actorpush"]
    if let file { properties.append("file=" + escaped(file, isProperty: true)) }
    if let line { properties.append("line=\(line)") }
    if let column { properties.append("col=\(column)") }
    return
      "::\(level.rawValue) \(properties.joined(separator: ","))::\(escaped(message, isProperty: false))\n"
  }

  /// Adds `outputs` to those of the step.
  ///
  /// - Returns: that they cannot be written; nil where they were.
  func add(outputs: [(name: String, value: String)]) -> Warning? {
    let lines = outputs.map { name, value in
      "\(name)=\(value.split(whereSeparator: \.isNewline).first.map(String.init) ?? "")\n"
    }
    return append(lines.joined(), to: outputFile, "the outputs of the step", "GITHUB_OUTPUT")
  }

  /// Adds a table of `rows` below `title` to the summary of the job.
  ///
  /// - Returns: that it cannot be written; nil where it was.
  func add(summary title: String, header: [String], rows: [[String]]) -> Warning? {
    let table = ([header, header.map { _ in "---" }] + rows).map {
      "| " + $0.joined(separator: " | ") + " |\n"
    }
    return append(
      "### actorpush: \(title)\n\n\(table.joined())\n", to: summaryFile, "the summary of the job",
      "GITHUB_STEP_SUMMARY")
  }

  /// `text` as code in a cell of Markdown.
  static func code(_ text: String) -> String {
    var cell = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "`": cell += "'"
      case "|": cell += "\\|"
      case "\n", "\r": cell += " "
      default: cell.unicodeScalars.append(scalar)
      }
    }
    return cell.isEmpty ? "" : "`\(cell)`"
  }

  private func append(
    _ text: String, to file: String?, _ subject: String, _ variable: String
  ) -> Warning? {
    guard let file, !text.isEmpty else { return nil }
    do throws(SystemError) {
      try OutputFile.append(lines: Array(text.utf8), to: Array(file.utf8))
      return nil
    } catch {
      return Warning(
        "\(subject) cannot be written to \(TerminalText.of(file)) (\(variable)): \(error.message)")
    }
  }

  /// The file, the line and the column of "a/b:3:1"; nil where there is no such file.
  private static func position(_ place: String) -> (file: String, line: Int?, column: Int?)? {
    var parts = place.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    var numbers: [Int] = []
    while numbers.count < 2, parts.count > 1, let number = parts.last.flatMap({ Int($0) }) {
      numbers.insert(number, at: 0)
      parts.removeLast()
    }
    let file = parts.joined(separator: ":")
    guard !file.hasPrefix("/"), let status = Paths.status(Array(file.utf8)), !status.isDirectory else {
      return nil
    }
    return (file, numbers.first, numbers.count > 1 ? numbers[1] : nil)
  }

  /// `text` as the message of a command, or as the value of one of its properties.
  private static func escaped(_ text: String, isProperty: Bool) -> String {
    var escaped = ""
    // The name of a file is no message that has been escaped.
    for scalar in (isProperty ? TerminalText.line(text.utf8) : text).unicodeScalars {
      switch scalar {
      case "%": escaped += "%25"
      case "\r": escaped += "%0D"
      case "\n": escaped += "%0A"
      case ":" where isProperty: escaped += "%3A"
      case "," where isProperty: escaped += "%2C"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

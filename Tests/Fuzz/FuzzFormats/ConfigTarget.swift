// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FuzzDriver
import Glibc

@testable import Git

/// A configuration file, held against `git config --list`, and what its values mean as booleans.
///
/// git reads many files at a time, which one that it writes for them includes. A file that is broken here is
/// no mismatch: then git is asked anyway. So is a value that is no boolean here.
struct ConfigTarget: FuzzTarget {
  static let name = "config"
  static let summary = "git's configuration, against git config --list"
  static let longest = 512

  private let directory: String
  private let batch: Int
  private var inputs: [[UInt8]] = []
  private var values: Set<[UInt8]> = []
  private var judged: Set<[UInt8]> = []

  init(isSingle: Bool) throws {
    directory = try Workspace.make(Self.name)
    batch = isSingle ? 1 : 48
  }

  mutating func run(_ input: [UInt8]) {
    guard let settings = Self.parse(input) else { return }
    for setting in settings where setting.value.count <= 8 && !setting.value.contains(0) {
      if judged.count < 200_000, judged.insert(setting.value).inserted { values.insert(setting.value) }
    }
    do {
      if settings.contains(where: { $0.key.hasPrefix("include") }) {
        try compare([input], isIncluded: false)
      } else {
        inputs.append(input)
      }
      if inputs.count >= batch {
        try compare(inputs, isIncluded: true)
        inputs = []
      }
      if values.count >= batch {
        try compareBooleans()
        values = []
      }
    } catch {
      finding("\(error)")
    }
  }

  /// The settings; nil where the file is broken, or versions of git differ about it.
  private static func parse(_ bytes: [UInt8]) -> [GitConfigParser.Setting]? {
    var parser = GitConfigParser(bytes)
    var settings: [GitConfigParser.Setting] = []
    while let setting = parser.next() { settings.append(setting) }
    return parser.isBroken || !settings.allSatisfy(\.isCertain) ? nil : settings
  }

  private struct Line: Equatable {
    let key: String
    let value: [UInt8]

    init(_ record: ArraySlice<UInt8>) {
      let end = record.firstIndex(of: UInt8(ascii: "\n"))
      key = String(decoding: record[..<(end ?? record.endIndex)], as: UTF8.self)
      value = end.map { Array(record[($0 + 1)...]) } ?? Array("true".utf8)
    }

    init(_ setting: GitConfigParser.Setting) { (key, value) = (setting.key, setting.value) }
  }

  /// Compares the settings of `files` with what git lists.
  private func compare(_ files: [[UInt8]], isIncluded: Bool) throws {
    for (index, file) in files.enumerated() { try writeFile("\(directory)/q\(index)", file) }
    let includes = files.indices.map { "[include]\n\tpath = q\($0)\n" }.joined()
    try writeFile("\(directory)/all", Array(includes.utf8))
    let options = isIncluded ? ["--includes", "--file", "all"] : ["--no-includes", "--file", "q0"]
    let (status, output, errors) =
      try Program.git(["config", "--list", "-z", "--show-origin"] + options, in: directory).run()
    guard status == 0 else {
      // Which one it is, each shows by itself.
      if files.count > 1 { for file in files { try compare([file], isIncluded: isIncluded) } }
      blame(files[0], "git refuses it, or one beside it, with status \(status): \(errors)")
    }
    var listed: [String: [Line]] = [:]
    // The origin of each setting, then the setting.
    let fields = output.split(separator: 0, omittingEmptySubsequences: false)
    for index in stride(from: 0, to: fields.count - 1, by: 2) {
      let origin = String(decoding: fields[index], as: UTF8.self)
      let name = origin.split(whereSeparator: { $0 == "/" || $0 == ":" }).last.map(String.init) ?? ""
      listed[name, default: []].append(Line(fields[index + 1]))
    }
    for (index, file) in files.enumerated() {
      let ours = (Self.parse(file) ?? []).map(Line.init)
      let theirs = listed["q\(index)"] ?? []
      if ours != theirs {
        let place = zip(ours, theirs).prefix { $0 == $1 }.count
        blame(
          file,
          "setting \(place + 1) of \(ours.count) here: \(Self.shown(ours, place)); "
            + "of \(theirs.count) in git: \(Self.shown(theirs, place))")
      }
    }
  }

  private static func shown(_ lines: [Line], _ index: Int) -> String {
    guard lines.indices.contains(index) else { return "none" }
    return "\(Array(lines[index].key.utf8).shown) = \(lines[index].value.shown)"
  }

  /// Compares what the new values mean as booleans.
  private func compareBooleans() throws {
    let values = Array(values)
    let lines = values.indices.map { index in
      Array("\tv\(index) = \"".utf8) + values[index].flatMap(Self.quoted) + Array("\"\n".utf8)
    }
    try writeFile("\(directory)/booleans", Array("[b]\n".utf8) + lines.joined())
    let options = ["--file", "booleans", "-z", "--type=bool-or-str", "--get-regexp", "^b\\."]
    let (status, output, errors) = try Program.git(["config"] + options, in: directory).run()
    let records = output.split(separator: 0)
    require(status == 0 && records.count == values.count, "git's booleans: \(errors)")
    for (value, record) in zip(values, records) {
      guard let ours = GitConfig.boolean(value) else { continue }
      let theirs = String(decoding: record.drop { $0 != UInt8(ascii: "\n") }.dropFirst(), as: UTF8.self)
      if theirs != "\(ours)" {
        blame(
          Array("[core]\n\tignoreCase = \"".utf8) + value.flatMap(Self.quoted) + Array("\"\n".utf8),
          "\(value.shown) is \(ours) here, and in git: \(theirs)")
      }
    }
  }

  private static func quoted(_ byte: UInt8) -> [UInt8] {
    switch byte {
    case UInt8(ascii: "\n"): Array("\\n".utf8)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
    default: [byte]
    }
  }

  /// Ends the program because of `input`, which is not the one that libFuzzer knows.
  private func blame(_ input: [UInt8], _ text: String) -> Never {
    if batch == 1 { finding("\(input.shown): \(text)") }
    let prefix = CommandLine.arguments.last { $0.hasPrefix("-artifact_prefix=") }
    let path = (prefix?.split(separator: "=").last.map(String.init) ?? "") + "mismatch"
    try? writeFile(path, input)
    printError("finding: \(input.shown): \(text)\nTest unit written to \(path)\n")
    _exit(77)
  }

  static func seeds() -> [[UInt8]] {
    [
      "[core]\n\texcludesFile = ~/ignore\n\tignoreCase = true\n",
      "[a \"b\\\"c\\\\\"]\nkey\nother = \"x # y\" ; z\n",
      "[Core]IgnoreCase=yes\r\n[EXTENSIONS]\nobjectFormat = sha256\n", "\u{FEFF}[a.b]\n c = d \\\n  e\n",
      "# x\n; y\n[remote \"o\"]\n\turl = git@example.com:a/b\n\tfetch = +refs/heads/*:refs/remotes/o/*\n",
      "[include]\n\tpath = other\n[includeIf \"gitdir:/x/\"]\n\tpath = y\n",
      "[a]\nb = \" x\\t\\n\\b\" y\t z  \n",
      "[a]\nb = 0\nc = 1k\nd = off\ne = -1\nf = 0x1\ng =\n",
    ].map { Array($0.utf8) }
  }

  static let words = [
    "[core]", "[include]", "path = ", "ignoreCase", "true", "false", "yes", "no", "on", "off", "\\\n", "\\n",
    "\\\"",
    "\"", "\r\n", "#", ";", "[a \"", "\"]", "\\\\", "=", "\u{FEFF}", "1k", "0x",
  ].map { Array($0.utf8) }
}

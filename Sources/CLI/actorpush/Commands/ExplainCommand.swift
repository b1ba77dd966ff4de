// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import SourceTree
internal import SystemIO

struct ExplainCommand: LocalCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", _superCommandName: ActorPush.name,
    abstract: "Say whether a file is in the package, by which rule, and how it would be sent.",
    discussion:
      "Paths are those of the system, as the shell completes them; they must lie in the project's folder.")

  @Argument(help: "Files or folders.")
  var paths: [String]

  @Option(help: "The project's folder.")
  var folder = "."

  @OptionGroup var links: LinkOptions
  @OptionGroup var global: GlobalOptions

  @Flag(help: "One JSON object with a list of what is known of each path.")
  var json = false

  static let operation = "explain"
  static let cleansUp = false

  func perform(_ environment: ProcessEnvironment) throws(Failure) {
    let console = global.console(environment)
    let plan = try TreeSource(folder: folder, commit: nil, links: links).plan(
      detail: .formats, recordsExcluded: true, environment: environment, console: console)
    var index: [[UInt8]: Int] = [:]
    for entry in plan.entries.indices { index[plan.path(of: entry)] = entry }
    var explanations: [Explanation] = []
    for path in paths { explanations.append(try explain(path, plan, index)) }
    if json {
      ExplainReport(paths: explanations).write()
      return
    }
    do throws(SystemError) {
      var output = StandardOutput()
      for explanation in explanations { try output.write(text: explanation.text + "\n") }
      try output.flush()
    } catch {
      throw Failure(output: "standard output", error)
    }
  }

  private func explain(
    _ path: String, _ plan: Plan, _ index: [[UInt8]: Int]
  ) throws(Failure) -> Explanation {
    let name = try relative(path, to: plan.root)
    let shown = name.isEmpty ? "." : TerminalText.utf8(name)
    if name.isEmpty { return Explanation(path: shown, isIn: true, reason: "the pushed folder itself") }
    if let place = index[name] {
      let entry = plan.entries[place]
      let format: String? =
        switch entry.format {
        case .text?: "TEXT"
        case .base64?: "BASE64"
        case nil: nil
        }
      return Explanation(
        path: shown, isIn: true, reason: plan.rule(of: place)?.description ?? "nothing leaves it out",
        format: format, bytes: entry.kind == .folder ? nil : entry.byteCount)
    }
    // Itself, or with a folder above it.
    let excluded = plan.excluded.first { out in
      out.path == name || (out.isFolder && name.starts(with: out.path + [UInt8(ascii: "/")]))
    }
    guard let excluded else {
      throw Failure(
        type: "not-there", message: "\(TerminalText.of(path)): there is no such file or folder to push",
        status: .invalidInput,
        phase: "arguments")
    }
    let rule = if case .always = excluded.rule { "never packaged" } else { excluded.rule.description }
    let above = excluded.path == name ? "" : "\(TerminalText.utf8(excluded.path))/ is left out: "
    return Explanation(path: shown, isIn: false, reason: above + rule)
  }

  /// `path` as the plan names it. Its last component may be a link, which is an entry of its own.
  private func relative(_ path: String, to root: [UInt8]) throws(Failure) -> [UInt8] {
    var bytes = Array(path.utf8)
    while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    let last = bytes.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? []
    let isSpecial = last.isEmpty || last == [UInt8(ascii: ".")] || last == Array("..".utf8)
    let whole: [UInt8]
    do throws(SystemError) {
      whole =
        isSpecial
        ? try Paths.resolved(bytes)
        : Paths.join(try Paths.resolved(Paths.parent(bytes) ?? Array(".".utf8)), last)
    } catch {
      throw Failure(
        type: "not-there", message: "\(TerminalText.of(path)): \(error.message)", status: .invalidInput,
        phase: "arguments")
    }
    guard Paths.isInside(whole, root) else {
      throw Failure(
        type: "outside", message: "\(TerminalText.of(path)): does not lie in \(TerminalText.of(root))",
        status: .invalidInput,
        phase: "arguments")
    }
    return Array(whole.dropFirst(root.count + (root.last == UInt8(ascii: "/") ? 0 : 1)))
  }
}

/// What is known of one path.
struct Explanation: Encodable, Sendable {
  let path: String
  let isIn: Bool
  let reason: String
  var format: String?
  var bytes: Int?

  /// On one line: "in   src/main.js: TEXT, 41 bytes; nothing leaves it out".
  var text: String {
    let sent = format.map { "\($0), \(Quantity.of(bytes ?? 0, "byte")); " } ?? ""
    return "\(isIn ? "in " : "out")  \(TerminalText.of(path)): \(sent)\(TerminalText.of(reason))"
  }

  private enum CodingKeys: String, CodingKey {
    case path = "name"
    case isIn = "in"
    case reason = "rule"
    case format, bytes
  }
}

/// What explain says in JSON.
struct ExplainReport: Report {
  let ok = true
  let operation = ExplainCommand.operation
  let paths: [Explanation]
}

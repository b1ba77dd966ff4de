// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import SourcePackage
internal import SourceTree
internal import SystemIO

struct ListCommand: LocalCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", _superCommandName: ActorPush.name,
    abstract: "Show what is in the package: format, size and path; or what is left out, and why.",
    discussion: """
      Nothing is sent and no network is used. TEXT or BASE64 is decided by each file's bytes, so every file is read; \
      with -0 only the names are shown, and no file is.
      """)

  @OptionGroup var tree: TreeOptions
  @OptionGroup var global: GlobalOptions

  @Flag(help: "Show what is left out, each with the rule that says so.")
  var ignored = false

  @Flag(help: "One JSON array of objects: name, kind, format, bytes, rule.")
  var json = false

  @Flag(name: .customShort("0"), help: "Only names, each ended by a NUL byte; folders end with a slash.")
  var null = false

  static let operation = "list"
  static let cleansUp = false

  func validate() throws {
    if json && null { throw ValidationError("--json and -0 exclude each other") }
  }

  func perform(_ environment: ProcessEnvironment) throws(Failure) {
    let console = global.console(environment)
    let isOnlyNames = null || ignored
    let plan = try tree.source(environment).plan(
      detail: isOnlyNames ? .names : .formats, recordsExcluded: ignored, opensFiles: !isOnlyNames,
      environment: environment, console: console)
    var output = StandardOutput()
    do throws(SystemError) {
      var listing = Listing(plan)
      if ignored {
        try listing.writeExcluded(to: &output, as: form)
      } else {
        try listing.writeEntries(to: &output, as: form)
      }
      try output.flush()
    } catch {
      throw Failure(output: "standard output", error)
    }
    if !json, !null, console.isWatched { console.say(ignored ? Self.excludedCounts(plan) : Self.counts(plan)) }
  }

  private var form: Listing.Form { json ? .json : null ? .names : .text }

  private static func counts(_ plan: Plan) -> String {
    var folders = 0
    var text = 0
    var bytes = 0
    for entry in plan.entries {
      if entry.kind == .folder { folders += 1 }
      if entry.format == .text { text += 1 }
      bytes += max(0, entry.byteCount)
    }
    let files = plan.entries.count - folders
    return
      "\(Quantity.of(files, "file")) (\(Quantity.number(text)) TEXT, \(Quantity.number(files - text)) BASE64) in "
      + "\(Quantity.of(folders, "folder")), \(Quantity.bytes(bytes))"
  }

  private static func excludedCounts(_ plan: Plan) -> String {
    let folders = plan.excluded.count(where: \.isFolder)
    return
      "left out: \(Quantity.of(plan.excluded.count - folders, "file")) and \(Quantity.of(folders, "whole folder"))"
  }
}

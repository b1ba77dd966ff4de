// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser
internal import SourceTree

/// What commands that walk the folder that they are given understand.
struct TreeOptions: ParsableArguments {
  @Argument(help: "The project's folder.")
  var folder = "."

  @OptionGroup var links: LinkOptions

  /// The tree as a plan, with its warnings said.
  func plan(
    detail: WalkOptions.Detail = .names, recordsExcluded: Bool = false, output: [UInt8]? = nil,
    surroundings: Surroundings, talk: Talk
  ) throws(Failure) -> Plan {
    try links.plan(
      of: folder, detail: detail, recordsExcluded: recordsExcluded, output: output,
      surroundings: surroundings, talk: talk)
  }
}

/// What becomes of symbolic links.
struct LinkOptions: ParsableArguments {
  @Flag(help: "Follow symbolic links that lead out of the folder.")
  var followExternalLinks = false

  @Flag(help: "Pass over symbolic links that lead nowhere, with a warning.")
  var skipBrokenLinks = false

  /// The tree of `folder` as a plan, with its warnings said.
  func plan(
    of folder: String, detail: WalkOptions.Detail = .names, recordsExcluded: Bool = false,
    output: [UInt8]? = nil, surroundings: Surroundings, talk: Talk
  ) throws(Failure) -> Plan {
    let options = WalkOptions(
      detail: detail, recordsExcluded: recordsExcluded, followsExternalLinks: followExternalLinks,
      skipsBrokenLinks: skipBrokenLinks, output: output,
      git: GitEnvironment(variables: surroundings.variables))
    do throws(SourceTreeError) {
      let plan = try Walk.plan(Array(folder.utf8), options: options)
      for warning in plan.warnings { talk.warn(Self.text(warning)) }
      return plan
    } catch {
      throw Failure(error)
    }
  }

  private static func text(_ warning: WalkWarning) -> String {
    let path = SafeText.of(warning.path)
    switch warning.kind {
    case .specialFile: return "\(path): a FIFO, socket or device, which has no content to send; left out"
    case .brokenLink: return "\(path): a symbolic link that leads nowhere; left out"
    case .rootIgnored(let rule):
      return "\(SafeText.of(rule)) would leave out the pushed folder itself; passed over"
    case .cannotBringBack(let rule): return "\(SafeText.of(rule)) has no effect: \(path) is never packaged"
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy
internal import SourcePackage
internal import SystemIO

/// A version in words.
enum VersionText {
  /// All that it has beside its files, a line each.
  static func lines(_ found: VersionReader.Found, _ console: Console) -> [String] {
    let version = found.version
    var lines = ["version \(TerminalText.of(version.versionNumber)) of \(TerminalText.of(found.actorName))"]
    lines.append("source: " + source(found.remote, console))
    if let provenance = found.remote.provenance {
      lines.append("provenance: " + self.provenance(provenance, found.remote))
    }
    let tag = version.buildTag.map { tag in
      let build = found.actor.taggedBuilds[tag]?.buildNumber
      return TerminalText.of(tag) + (build.map { " (build \(TerminalText.of($0)))" } ?? " (no build yet)")
    }
    lines.append("build tag: \(tag ?? "none")")
    let variables = version.envVars ?? []
    lines.append("environment variables: \(variables.isEmpty ? "none" : String(variables.count))")
    for variable in variables {
      let value = variable.isSecret == true ? "(secret)" : TerminalText.of(variable.value ?? "")
      lines.append("  \(TerminalText.of(variable.name)) = \(value)")
    }
    lines.append("passed to builds: \(version.applyEnvVarsToBuild == true ? "yes" : "no")")
    return lines
  }

  /// Where a version says that it comes from, and whether it has been changed since.
  static func provenance(_ provenance: Provenance, _ remote: RemoteVersion) -> String {
    let isChanged = remote.manifest.map { $0.digest != provenance.digest } ?? false
    return self.provenance(provenance) + (isChanged ? "; changed since" : "")
  }

  /// Where a package says that it comes from.
  static func provenance(_ provenance: Provenance) -> String {
    var text = provenance.commit.map { "commit \(TerminalText.of(String($0.prefix(12))))" } ?? "no commit"
    if let branch = provenance.branch { text += " of branch \(TerminalText.of(branch))" }
    if provenance.isDirty { text += ", with changes" }
    return text + ", by \(TerminalText.of(provenance.tool))"
  }

  private static func source(_ remote: RemoteVersion, _ console: Console) -> String {
    var text = TerminalText.of(remote.sourceType.rawValue)
    switch remote.source {
    case .files: break
    case .zip(let url, _): text += " " + TerminalText.address(url)
    case .elsewhere(_, let url): text += url.map { " " + TerminalText.address($0) } ?? ""
    }
    if let manifest = remote.manifest {
      let bytes = manifest.entries.reduce(0) { $0 + $1.byteCount }
      text +=
        ", \(Quantity.of(manifest.fileCount, "file")), \(Quantity.bytes(bytes)), digest \(console.digest(manifest.digest))"
    }
    return text
  }
}

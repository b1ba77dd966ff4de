// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What the platform holds, as a page for people: Actors, their versions with files and variables, and their builds.
struct PlatformPage {
  /// One file in a zip.
  struct Member {
    let name: String
    let byteCount: Int
  }

  /// How many members of a zip are listed.
  private static let listed = 500

  let state: PlatformState
  /// What is in the zip at an address; nil where it can't be read.
  let members: (_ address: String) -> [Member]?

  var html: HTML {
    let actors = state.actors.values.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    return Self.page(
      title: "Local platform",
      """
      <h1>Local platform</h1>
      <p class="hint">What <code>actorpush push</code> has brought here. Nothing on this page changes anything; reload it to see what is
      new.</p>
      \(actors.isEmpty ? ["<p>No Actor yet.</p>"] : actors.map(actor))
      """)
  }

  private func actor(_ actor: ActorRecord) -> HTML {
    let tags = (actor.taggedBuilds ?? [:]).sorted { $0.key < $1.key }.map { tag, id -> HTML in
      "; <b>\(text: tag)</b> is build \(text: state.builds[id]?.buildNumber ?? "?")"
    }
    let builds = state.builds(of: actor.id).reversed().prefix(10).map(build)
    return """
      <section><h2>\(text: state.username(of: actor.userId))/\(text: actor.name)</h2>
      <p class="hint">\(text: actor.title ?? "") <code>\(text: actor.id)</code>, changed \(text: actor.modifiedAt.iso8601)\(tags)</p>
      \(actor.versions.map { version(actor, $0) })
      \(builds.isEmpty ? [] : ["<h3>Builds</h3>"] + builds)
      </section>
      """
  }

  private func version(_ actor: ActorRecord, _ version: VersionRecord) -> HTML {
    let variables = version.envVars.map { variable -> HTML in
      "<li><code>\(text: variable.name)</code> \(text: variable.isSecret ? "(secret)" : "= " + variable.value)</li>"
    }
    let list: HTML =
      variables.isEmpty
      ? ""
      : "<details><summary>\(variables.count) environment variables</summary><ul>\(variables)</ul></details>"
    return """
      <h3>Version \(text: version.versionNumber.description)
      <small>\(text: version.source.type.rawValue)\(text: version.buildTag.map { ", tag " + $0 } ?? "")</small></h3>
      \(source(actor, version))\(list)
      """
  }

  private func source(_ actor: ActorRecord, _ version: VersionRecord) -> HTML {
    switch version.source {
    case .files(let files):
      let rows = files.enumerated().map { index, file -> HTML in
        switch file.kind {
        case .folder: return "<tr><td>folder</td><td></td><td>\(text: file.name)/</td></tr>"
        case .file(let format, let content):
          let number = version.versionNumber.description
          return """
            <tr><td>\(text: format.rawValue)</td><td class="number">\(content.utf8.count)</td>\
            <td><a href="/files/\(text: actor.id)/\(text: number)/\(index)">\(text: file.name)</a></td></tr>
            """
        }
      }
      return """
        <details open><summary>\(files.count) entries</summary>
        <table><tr><th>format</th><th class="number">bytes as sent</th><th>name</th></tr>\(rows)</table></details>
        """
    case .tarball(let address):
      let shown: HTML = "<p><code>\(text: String(address.prefix { $0 != "?" }))</code></p>"
      guard let members = members(address) else { return shown }
      let rows = members.prefix(Self.listed).map { member -> HTML in
        "<tr><td class=\"number\">\(member.byteCount)</td><td>\(text: member.name)</td></tr>"
      }
      return """
        \(shown)<details><summary>\(members.count) entries</summary>
        <table><tr><th class="number">bytes</th><th>name</th></tr>\(rows)</table></details>
        """
    case .gitRepository(let address), .gist(let address):
      return "<p><code>\(text: address)</code></p>"
    }
  }

  private func build(_ build: BuildRecord) -> HTML {
    """
    <details><summary><span class="status \(text: build.status.rawValue)">\(text: build.status.rawValue)</span> \
    \(text: build.buildNumber) <small>\(text: build.startedAt.iso8601)</small></summary>
    <pre>\(text: build.log.joined(separator: "\n"))</pre></details>
    """
  }

  /// The file at `index` of a version.
  static func file(_ file: SourceFile) -> HTML {
    guard case .file(let format, let content) = file.kind else {
      return page(title: file.name, "<p>A folder.</p>")
    }
    return page(
      title: file.name,
      """
      <p><a href="/">Local platform</a></p><h2>\(text: file.name) <small>\(text: format.rawValue)</small></h2>
      <pre>\(text: content)</pre>
      """)
  }

  private static func page(title: String, _ body: HTML) -> HTML {
    """
    <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>\(text: title)</title><style>\(style)</style></head><body>\(body)</body></html>
    """
  }

  private static let style: HTML = """
    :root { color-scheme: light dark; }
    body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
    section { border-top: 1px solid color-mix(in srgb, currentColor 25%, transparent); margin-top: 2rem; }
    h3 { margin-bottom: .3rem; } small, .hint { font-weight: normal; opacity: .7; }
    table { border-collapse: collapse; margin: .5rem 0; } th { text-align: left; font-weight: normal; opacity: .7; }
    td, th { padding: .1rem 1.5rem .1rem 0; font-size: 14px; } td, pre, code { font-family: ui-monospace, monospace; }
    td.number, th.number { text-align: right; }
    pre { background: color-mix(in srgb, currentColor 7%, transparent); padding: .7rem; overflow-x: auto; font-size: 13px; }
    summary { cursor: pointer; } details { margin: .2rem 0; }
    .status { display: inline-block; min-width: 7rem; font-weight: 600; color: #b3541e; }
    .SUCCEEDED { color: #1a7f37; } .FAILED, .TIMED-OUT, .ABORTED { color: #cf222e; }
    """
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import PlatformModel

/// What several pages show.
enum PageParts {
  /// `3.1 kB`.
  static func size(_ bytes: Int) -> String {
    if bytes < 1000 { return "\(bytes) B" }
    var (tenths, unit) = (bytes / 100, 0)
    while tenths >= 9995, unit < 3 { (tenths, unit) = (tenths / 1000, unit + 1) }
    return "\(tenths / 10).\(tenths % 10) \(["kB", "MB", "GB", "TB"][unit])"
  }

  /// `42 ms`, `3.1 s`.
  static func duration(_ build: BuildRecord) -> String { duration(build.startedAt, build.finishedAt) }

  /// The same, of what began at `start` and ended at `end`; nothing for what goes on.
  static func duration(_ start: Timestamp, _ end: Timestamp?) -> String {
    guard let end else { return "" }
    let milliseconds = end.milliseconds - start.milliseconds
    if milliseconds < 1000 { return "\(milliseconds) ms" }
    return "\(milliseconds / 1000).\(milliseconds / 100 % 10) s"
  }

  /// `2026-01-31 12:00:00`, in UTC.
  static func time(_ time: Timestamp) -> String {
    let text = time.iso8601
    return text.prefix(10) + " " + text.dropFirst(11).prefix(8)
  }

  static func status(_ status: BuildRecord.Status) -> HTML {
    let kind: HTML
    switch status {
    case .succeeded: kind = "good"
    case .failed, .timedOut, .aborted: kind = "bad"
    case .ready, .running, .timingOut, .aborting: kind = "busy"
    }
    return "<span class=\"pill \(kind)\">\(status.rawValue)</span>"
  }

  static func sourceType(_ source: VersionSource) -> String {
    switch source {
    case .files: "inline files"
    case .tarball: "zip"
    case .gitRepository: "git repository"
    case .gist: "gist"
    }
  }

  /// Names of environment variables, and nothing of their values.
  static func variables(_ version: VersionRecord) -> HTML {
    if version.envVars.isEmpty { return "" }
    let pills = version.envVars.map { variable -> HTML in
      let note: HTML = variable.isSecret ? " <span class=\"soft\">secret</span>" : ""
      return "<span class=\"pill mono\">\(variable.name)\(note)</span> "
    }
    return "<p class=\"line\"><span class=\"soft\">Environment</span> \(pills)</p>"
  }

  /// The files of a version; a name leads to the file's text.
  static func files(_ listing: SourceListing, at address: HTML) -> HTML {
    if let problem = listing.problem { return "<p class=\"line error\">\(problem)</p>" }
    if let place = listing.place { return "<p class=\"line mono\">\(place)</p>" }
    let rows = listing.items.prefix(SourceListing.shown).map { item -> HTML in
      let name: HTML =
        item.size == nil
        ? "<span class=\"soft\"><bdi>\(item.shownName)</bdi>/</span>"
        : "<a href=\"\(address)/file?name=\(percentEncoded: item.name)\"><bdi>\(item.shownName)</bdi></a>"
      return """
        <tr><td class="name mono">\(name)</td><td class="soft">\(item.note)</td>\
        <td class="number">\(item.size.map(size) ?? "")</td></tr>
        """
    }
    let rest = listing.items.count - rows.count
    let more: HTML = rest > 0 ? "<p class=\"line soft\">and \(rest) more</p>" : ""
    return """
      <div class="scroll"><table><thead><tr><th>Name</th><th></th><th class="number">Size</th></tr></thead>
      <tbody>\(rows)</tbody></table></div>\(more)
      """
  }
}

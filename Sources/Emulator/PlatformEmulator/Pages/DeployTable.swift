// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import PlatformModel

/// The builds of an Actor, a line each: what was deployed, by whom, and what was new in it.
struct DeployTable: Sendable {
  let state: PlatformState
  let source: BuildSource

  /// The table of the newest builds of `actor`, at most `limit`.
  func html(_ actor: ActorRecord, limit: Int) -> HTML {
    let builds = Array(state.builds(of: actor.id).reversed())
    let rows = builds.indices.prefix(limit).map { index -> HTML in
      let build = builds[index]
      let before = builds[(index + 1)...].first { $0.version.versionNumber == build.version.versionNumber }
      return row(build, before: before, of: actor)
    }
    return """
      <div class="scroll"><table class="deploys"><thead><tr><th>Build</th><th>State</th><th>Commit</th><th>Digest</th>
      <th>Who</th><th class="number">When, UTC</th><th class="number">Took</th><th>What changed</th></tr></thead>
      <tbody>\(rows)</tbody></table></div>
      """
  }

  private func row(_ build: BuildRecord, before: BuildRecord?, of actor: ActorRecord) -> HTML {
    let label = PackageLabel(of: build.version, from: source)
    let tags = (actor.taggedBuilds ?? [:]).filter { $0.value == build.id }.keys.sorted()
      .map { tag -> HTML in " <span class=\"pill good\">\(tag)</span>" }
    // What went wrong is said at once.
    let isBad = build.status.isFinal && build.status != .succeeded
    let reason: HTML = isBad ? "<div class=\"error\">\(Self.lastLine(build.log))</div>" : ""
    return """
      <tr><td class="id"><a href="/builds/\(build.id)">\(build.buildNumber)</a>\(tags)</td>
      <td>\(PageParts.status(build.status))</td><td class="mono">\(Self.commit(label))</td>
      <td class="mono">\(label?.digest.map { String($0.prefix(12)) } ?? "")</td><td>\(who(build))</td>
      <td class="number soft">\(PageParts.time(build.startedAt))</td>
      <td class="number soft">\(PageParts.duration(build))</td>
      <td class="name">\(change(build, since: before))\(reason)</td></tr>
      """
  }

  /// The user, and what asked for it.
  private func who(_ build: BuildRecord) -> HTML {
    let origin = build.origin ?? "API"
    return "\(state.username(of: build.userId)) <span class=\"soft\">\(origin)</span>"
  }

  private func change(_ build: BuildRecord, since before: BuildRecord?) -> HTML {
    guard let before else { return "<span class=\"soft\">first build</span>" }
    let parts = SourceChange(from: before.version, to: build.version, source).parts
    return parts.isEmpty
      ? "<span class=\"soft\">nothing</span>" : "<bdi>\(parts.joined(separator: "; "))</bdi>"
  }

  /// "1142e84f2a1b main", with a + where the package was another one than the commit's.
  static func commit(_ label: PackageLabel?) -> HTML {
    guard let label, let commit = label.commit else { return "" }
    let branch: HTML = label.branch.map { " <span class=\"soft\">\($0)</span>" } ?? ""
    return "\(String(commit.prefix(12)))\(label.dirty == true ? "+" : "")\(branch)"
  }

  /// The last line of a log without its time stamp.
  private static func lastLine(_ log: [String]) -> String { String((log.last ?? "").dropFirst(25)) }
}

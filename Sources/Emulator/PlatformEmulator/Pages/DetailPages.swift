// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import PlatformModel

/// The pages that the first one leads to.
enum DetailPages {
  /// All files of a version.
  static func version(_ version: VersionRecord, of actor: ActorRecord, from source: BuildSource) -> Page {
    let number = version.versionNumber.description
    let listing = SourceListing(of: version, from: source)
    return Page(
      title: "\(actor.name) \(number)",
      body: """
        <h1>\(actor.name) <span class="soft">version \(number)</span></h1>
        <div class="card"><section><div class="row"><span class="pill">\(PageParts.sourceType(version.source))</span>
        <span class="soft">\(listing.fileCount) files, \(PageParts.size(listing.byteCount))</span></div>
        \(PageParts.variables(version))\(PageParts.files(listing, at: "/actors/\(actor.id)/versions/\(number)"))
        </section></div>
        """)
  }

  /// The text of a file, or the beginning of what is no text.
  static func file(_ name: [UInt8], _ bytes: [UInt8], of version: VersionRecord, of actor: ActorRecord)
    -> Page
  {
    let shownName = String(decoding: name, as: UTF8.self)
    let text = bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
    let contents: HTML =
      text.map { "<pre>\($0)</pre>" }
      ?? "<section class=\"soft\">Not a text. Its first bytes:</section><pre class=\"dump\">\(dump(bytes.prefix(512)))</pre>"
    let number = version.versionNumber.description
    return Page(
      title: shownName,
      body: """
        <h1 class="mono"><bdi>\(shownName)</bdi></h1><p><a href="/actors/\(actor.id)/versions/\(number)">\(actor.name)
        version \(number)</a> <span class="soft">\(PageParts.size(bytes.count))</span></p>
        <div class="card">\(contents)</div>
        """)
  }

  /// All deploys of an Actor, and its runs.
  static func actor(_ actor: ActorRecord, in state: PlatformState, from source: BuildSource) -> Page {
    let limit = 200
    let builds = state.builds(of: actor.id)
    let runs = state.runs.values.filter { $0.actorId == actor.id }
      .sorted { ($0.startedAt, $0.id) > ($1.startedAt, $1.id) }
    let rows = runs.prefix(limit).map { run -> HTML in
      """
      <tr><td><a href="/runs/\(run.id)">\(run.id)</a></td><td>\(PageParts.status(run.status))</td>
      <td><a href="/builds/\(run.buildId)">\(run.buildNumber)</a></td>
      <td class="number soft">\(PageParts.time(run.startedAt))</td>
      <td class="number soft">\(PageParts.duration(run.startedAt, run.finishedAt))</td></tr>
      """
    }
    let table: HTML = """
      <div class="scroll"><table><thead><tr><th>Run</th><th>State</th><th>Build</th>
      <th class="number">When, UTC</th><th class="number">Took</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
    let isChanging = builds.contains { !$0.status.isFinal } || runs.contains { !$0.status.isFinal }
    let none: HTML = "<p class=\"line soft\">No builds yet.</p>"
    let deploys = DeployTable(state: state, source: source).html(actor, limit: limit)
    let ran: HTML = runs.isEmpty ? "" : "<div class=\"card\"><section><h3>Runs</h3>\(table)</section></div>"
    return Page(
      title: actor.name, isChanging: isChanging,
      body: """
        <h1>\(actor.title ?? actor.name) <code>\(state.username(of: actor.userId))/\(actor.name)</code></h1>
        <div class="card"><section><h3>Deploys</h3>\(builds.isEmpty ? none : deploys)</section></div>\(ran)
        """)
  }

  /// A run with its log.
  static func run(_ run: RunRecord, of actor: ActorRecord) -> Page {
    let took = run.finishedAt == nil ? "" : ", took " + PageParts.duration(run.startedAt, run.finishedAt)
    let input = run.inputByteCount.map { ", input \(PageParts.size($0))" } ?? ""
    let log = run.log.joined(separator: "\n")
    return Page(
      title: "\(actor.name) run", isChanging: !run.status.isFinal,
      body: """
        <h1><a href="/actors/\(actor.id)">\(actor.name)</a> <span class="soft">run of build</span>
        <a href="/builds/\(run.buildId)">\(run.buildNumber)</a> \(PageParts.status(run.status))</h1>
        <p class="soft">started \(PageParts.time(run.startedAt)) UTC\(took)\(input), asked for by \(run.origin),
        id <code>\(run.id)</code></p><div class="card"><pre>\(log.isEmpty ? "Nothing yet." : log)</pre></div>
        """)
  }

  /// A build with its log, and what it was made of.
  static func build(
    _ build: BuildRecord, of actor: ActorRecord, in state: PlatformState, from source: BuildSource
  ) -> Page {
    let label = PackageLabel(of: build.version, from: source)
    let digest: HTML = label?.digest.map { ", digest <code>\($0)</code>" } ?? ""
    let origin: HTML =
      label?.commit == nil ? "" : "<p class=\"mono\">commit \(DeployTable.commit(label))\(digest)</p>"
    let tags = (actor.taggedBuilds ?? [:]).filter { $0.value == build.id }.keys.sorted()
      .map { tag -> HTML in " <span class=\"pill good\">\(tag)</span>" }
    let took = build.finishedAt == nil ? "" : ", took " + PageParts.duration(build)
    let log = build.log.joined(separator: "\n")
    return Page(
      title: "\(actor.name) \(build.buildNumber)", isChanging: !build.status.isFinal,
      body: """
        <h1><a href="/actors/\(actor.id)">\(actor.name)</a> <span class="soft">build \(build.buildNumber)</span> \(PageParts.status(build.status))\(tags)</h1>
        <p class="soft">started \(PageParts.time(build.startedAt)) UTC\(took), asked for by
        \(state.username(of: build.userId)), \(build.origin ?? "API"), id <code>\(build.id)</code></p>\(origin)
        <div class="card"><pre>\(log.isEmpty ? "Nothing yet." : log)</pre></div>
        """)
  }

  /// Sixteen bytes a line, as `hexdump -C` has them.
  private static func dump(_ bytes: ArraySlice<UInt8>) -> String {
    stride(from: bytes.startIndex, to: bytes.endIndex, by: 16).map { start in
      let line = bytes[start..<Swift.min(start + 16, bytes.endIndex)]
      let numbers = line.map { hexadecimal(Int($0), 2) }.joined(separator: " ")
      let letters = line.map { (0x20..<0x7F).contains($0) ? String(UnicodeScalar($0)) : "." }.joined()
      let gap = String(repeating: " ", count: 49 - numbers.utf8.count)
      return hexadecimal(start - bytes.startIndex, 4) + "  " + numbers + gap + letters
    }.joined(separator: "\n")
  }

  private static func hexadecimal(_ number: Int, _ width: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
  }
}

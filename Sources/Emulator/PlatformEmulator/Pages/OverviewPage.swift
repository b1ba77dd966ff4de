// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import PlatformModel

/// The first page: everything that was pushed, at a glance.
struct OverviewPage: Sendable {
  /// How many builds of an Actor are shown, and of how many files a list stands open.
  private static let shownBuilds = 8
  private static let openFiles = 40

  let state: PlatformState
  let source: BuildSource

  var page: Page {
    let actors = state.actors.values.sorted { ($0.modifiedAt, $0.id) > ($1.modifiedAt, $1.id) }
    let isChanging = state.builds.values.contains { !$0.status.isFinal }
    let body: HTML
    if actors.isEmpty {
      body = empty
    } else {
      let cards = actors.map { card($0) }
      body = "<h1>\(Self.count(actors.count, "Actor"))</h1>\(cards)"
    }
    return Page(title: "actorpush emulator", isChanging: isChanging, body: body)
  }

  private var empty: HTML {
    """
    <div class="card"><div class="empty"><h1>Nothing has been pushed yet</h1>
    <p>In a shell with the two lines that the emulator has printed, in a project's directory:</p>
    <pre>actorpush push</pre><p class="soft">Then show this page again.</p></div></div>
    """
  }

  private func card(_ actor: ActorRecord) -> HTML {
    let name = "\(state.username(of: actor.userId))/\(actor.name)"
    let tags = (actor.taggedBuilds ?? [:]).sorted { $0.key < $1.key }.compactMap { tag, id -> HTML? in
      state.builds[id].map {
        "<a class=\"pill good\" href=\"/builds/\($0.id)\">\(tag) \u{2192} \($0.buildNumber)</a>"
      }
    }
    let description: HTML =
      actor.description.map { $0.isEmpty ? "" : "<section class=\"soft\">\($0)</section>" } ?? ""
    let versions = actor.versions.reversed().map { section($0, of: actor) }
    let none: HTML = versions.isEmpty ? "<section class=\"soft\">No versions yet.</section>" : ""
    return """
      <div class="card"><div class="top"><h2><a href="/actors/\(actor.id)">\(actor.title ?? actor.name)</a></h2> <code>\(name)</code> \(tags)
      <span class="soft right">changed \(PageParts.time(actor.modifiedAt)) UTC</span></div>
      \(description)\(versions)\(none)\(builds(of: actor))</div>
      """
  }

  private func section(_ version: VersionRecord, of actor: ActorRecord) -> HTML {
    let listing = SourceListing(of: version, from: source)
    let address: HTML = "/actors/\(actor.id)/versions/\(version.versionNumber.description)"
    let tag: HTML = version.buildTag.map { " <span class=\"pill\">tag \($0)</span>" } ?? ""
    let isList = listing.problem == nil && listing.place == nil
    let files = PageParts.files(listing, at: address)
    let count: HTML = "\(Self.count(listing.fileCount, "file")), \(PageParts.size(listing.byteCount))"
    let list: HTML
    if !isList {
      list = files
    } else if listing.fileCount <= Self.openFiles {
      list = "<details open><summary>\(count)</summary>\(files)</details>"
    } else {
      list = "<p class=\"line\"><a href=\"\(address)\">\(count)</a></p>"
    }
    return """
      <section><div class="row"><h3><a href="\(address)">Version \(version.versionNumber.description)</a></h3>
      <span class="pill">\(PageParts.sourceType(version.source))</span>\(tag)</div>\(PageParts.variables(version))\(list)
      </section>
      """
  }

  private func builds(of actor: ActorRecord) -> HTML {
    let count = state.builds(of: actor.id).count
    if count == 0 { return "<section class=\"soft\">No builds yet.</section>" }
    let rest = count - Self.shownBuilds
    let more: HTML =
      rest > 0 ? "<p class=\"line\"><a href=\"/actors/\(actor.id)\">and \(rest) older</a></p>" : ""
    let table = DeployTable(state: state, source: source).html(actor, limit: Self.shownBuilds)
    return "<section><h3><a href=\"/actors/\(actor.id)\">Deploys</a></h3>\(table)\(more)</section>"
  }

  private static func count(_ number: Int, _ what: String) -> String {
    "\(number) \(what)\(number == 1 ? "" : "s")"
  }
}

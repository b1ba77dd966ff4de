// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import Deploy

/// What `list --summary` says in JSON.
struct ExtensionReport: ReportContent {
  let extensions: [ExtensionTable.Row]

  init(_ table: ExtensionTable) { extensions = table.rows }
}

/// An Actor of `list --all` in JSON: what its actor.json says.
struct ListedActorReport: ReportContent {
  let actor: ActorReport?
  let version: String?
  let tag: String?

  init(_ listed: ListedActor) {
    actor = listed.name.map { ActorReport(name: $0) }
    version = listed.version
    tag = listed.tag
  }
}

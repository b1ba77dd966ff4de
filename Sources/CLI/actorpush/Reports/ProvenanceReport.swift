// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourcePackage

/// Where a version says that it comes from, in JSON.
struct ProvenanceReport: Encodable, Sendable {
  let commit: String?
  let branch: String?
  let dirty: Bool
  let digest: String
  let tool: String

  init(_ provenance: Provenance) {
    commit = provenance.commit
    branch = provenance.branch
    dirty = provenance.isDirty
    digest = provenance.digest
    tool = provenance.tool
  }
}

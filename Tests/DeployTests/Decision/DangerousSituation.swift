// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import Testing

@testable import Deploy

/// A situation in which a wrong decision loses work or pushes for nothing; each with a verdict of its own, by
/// no rule.
struct DangerousSituation: CustomTestStringConvertible {
  let testDescription: String
  let situation: Situation
  let verdict: Verdict

  private init(_ description: String, _ situation: Situation, _ verdict: Verdict) {
    (testDescription, self.situation, self.verdict) = (description, situation, verdict)
  }

  static let all: [DangerousSituation] = created + edited + othersWork + foreignSource + settings + forced

  private static let created: [DangerousSituation] = [
    .init(
      "a new Actor", .init(remote: .noActor, local: .base, base: .noCommit),
      Verdict(.createActor, sends: true)),
    .init(
      "a new Actor, forced", .init(remote: .noActor, local: .base, base: .noHistory, isForced: true),
      Verdict(.createActor, sends: true)),
    .init(
      "a new version beside one that others changed",
      .init(remote: .noVersion, local: .base, base: .noCommit),
      Verdict(.createVersion, sends: true)),
    .init(
      "a version that was deleted since it was pushed",
      .init(remote: .noVersion, local: .base, base: .remembered),
      Verdict(.createVersion, sends: true)),
    .init(
      "the version that the console makes with an Actor",
      .init(remote: .noFiles, local: .edited, base: .noCommit),
      Verdict(.update, sends: true)),
    .init(
      "a version that was emptied since it was pushed",
      .init(remote: .noFiles, local: .edited, base: .remembered),
      Verdict(.update, sends: true)),
    .init(
      "an empty version with nothing of it to be lost", .init(remote: .noFiles, local: .edited, base: .lost),
      Verdict(.update, sends: true)),
  ]

  private static let edited: [DangerousSituation] = [
    .init(
      "nothing has changed", .init(remote: .baseFiles, local: .base, base: .remembered),
      Verdict(.none, sends: false)),
    .init(
      "nothing has changed, in a fresh clone", .init(remote: .baseFiles, local: .base, base: .noCommit),
      Verdict(.none, sends: false)),
    .init(
      "a usual edit", .init(remote: .baseFiles, local: .edited, base: .remembered),
      Verdict(.update, sends: true)),
    .init(
      "a usual edit of a zip",
      .init(remote: .baseZip, local: .edited, form: .tarball, base: .remembered),
      Verdict(.update, sends: true)),
    .init(
      "the same files, sent as a zip for the first time",
      .init(remote: .baseFiles, local: .base, form: .tarball, base: .noCommit),
      Verdict(.update, sends: true)),
    .init(
      "the same files, no zip any more", .init(remote: .baseZip, local: .base, base: .lost),
      Verdict(.update, sends: true)),
    .init(
      "an edit that grew from files into a zip",
      .init(remote: .baseFiles, local: .edited, form: .tarball, base: .remembered),
      Verdict(.update, sends: true)),
    .init(
      "others made the same edit", .init(remote: .editedFiles, local: .edited, base: .remembered),
      Verdict(.none, sends: false)),
    .init(
      "others made the same edit in another history",
      .init(remote: .editedFiles, local: .edited, base: .elsewhere), Verdict(.none, sends: false)),
    .init(
      "an edit where nothing is known of the version",
      .init(remote: .baseFiles, local: .edited, base: .noHistory),
      Verdict(.update, .unknown, sends: true)),
    .init(
      "an edit in a shallow clone", .init(remote: .othersFiles, local: .edited, base: .shallow),
      Verdict(.update, .unknown, sends: true)),
    .init(
      "an edit over what was pushed from no commit",
      .init(remote: .othersFiles, local: .edited, base: .uncommitted),
      Verdict(.update, .unknown, sends: true)),
  ]

  private static let othersWork: [DangerousSituation] = [
    .init(
      "others changed it, and it was edited here",
      .init(remote: .othersFiles, local: .edited, base: .remembered),
      Verdict(.update, .changed, sends: true)),
    .init(
      "others changed it, and nothing was edited here",
      .init(remote: .othersFiles, local: .base, base: .remembered),
      Verdict(.update, .changed, sends: true)),
    .init(
      "others changed it, and no commit has their files",
      .init(remote: .othersFiles, local: .edited, base: .noCommit), Verdict(.update, .unknown, sends: true)),
    .init(
      "a clone of an hour ago, never pushed from",
      .init(remote: .baseFiles, local: .edited, base: .noCommit),
      Verdict(.update, .unknown, sends: true)),
    .init(
      "an old checkout over what was pushed later",
      .init(remote: .editedFiles, local: .base, base: .remembered),
      Verdict(.update, .changed, sends: true)),
    .init(
      "edited in the console since its provenance was written",
      .init(remote: .othersFiles, local: .edited, base: .lost), Verdict(.update, .changed, sends: true)),
    .init(
      "edited in the console, and the base is this very project",
      .init(remote: .baseFiles, local: .edited, base: .lost), Verdict(.update, .changed, sends: true)),
    .init(
      "pushed from a branch that is not merged",
      .init(remote: .othersFiles, local: .edited, base: .elsewhere),
      Verdict(.update, .history, sends: true)),
    .init(
      "pushed from such a branch, as a zip",
      .init(remote: .othersZip, local: .edited, form: .tarball, base: .elsewhere),
      Verdict(.update, .history, sends: true)),
    .init(
      "pushed from another directory of this machine",
      .init(remote: .othersFiles, local: .edited, base: .otherDirectory),
      Verdict(.update, .directory, sends: true)),
    .init(
      "a zip that others put into the store, without a manifest",
      .init(remote: .unknownZip, local: .edited, form: .tarball, base: .remembered),
      Verdict(.update, .changed, sends: true)),
    .init(
      "the same, and nothing was edited here",
      .init(remote: .unknownZip, local: .base, form: .tarball, base: .remembered),
      Verdict(.update, .changed, sends: true)),
    .init(
      "such a zip, where nothing is remembered",
      .init(remote: .unknownZip, local: .base, form: .tarball, base: .noCommit),
      Verdict(.update, .unknown, sends: true)),
    .init(
      "files that are no set of files", .init(remote: .malformedFiles, local: .base, base: .remembered),
      Verdict(.update, .changed, sends: true)),
    .init(
      "others turned the files into a zip of their own",
      .init(remote: .othersZip, local: .edited, base: .remembered),
      Verdict(.update, .changed, sends: true)),
  ]

  private static let foreignSource: [DangerousSituation] = [
    .init(
      "a git repository, of which nothing is known",
      .init(remote: .gitRepository, local: .base, base: .noHistory),
      Verdict(.update, .source, sends: true)),
    .init(
      "a git repository in place of what was pushed",
      .init(remote: .gitRepository, local: .base, base: .remembered),
      Verdict(.update, .source, sends: true)),
    .init(
      "a gist", .init(remote: .gist, local: .edited, base: .noHistory), Verdict(.update, .source, sends: true)
    ),
    .init(
      "a zip at an address of others",
      .init(remote: .foreignZip, local: .edited, form: .tarball, base: .remembered),
      Verdict(.update, .source, sends: true)),
    .init(
      "a source of a kind that is not known", .init(remote: .sourceCode, local: .edited, base: .noHistory),
      Verdict(.update, .source, sends: true)),
  ]

  private static let settings: [DangerousSituation] = [
    .init(
      "only a variable is new", .init(remote: .baseFiles, local: .base, base: .remembered, variables: .added),
      Verdict(.update, sends: false)),
    .init(
      "only a variable differs",
      .init(remote: .baseFiles, local: .base, base: .remembered, variables: .changed),
      Verdict(.update, sends: false)),
    .init(
      "only a variable goes", .init(remote: .baseFiles, local: .base, base: .remembered, variables: .removed),
      Verdict(.update, sends: false)),
    .init(
      "a secret may differ",
      .init(remote: .baseFiles, local: .base, base: .remembered, variables: .unknownSecret),
      Verdict(.update, sends: false)),
    .init(
      "only the tag differs", .init(remote: .baseFiles, local: .base, base: .remembered, tag: .other),
      Verdict(.update, sends: false)),
    .init(
      "the tag is not said, and stays",
      .init(remote: .baseFiles, local: .base, base: .remembered, tag: .unsaid),
      Verdict(.none, sends: false)),
    .init(
      "the tag differs and others changed the files",
      .init(remote: .othersFiles, local: .base, base: .remembered, tag: .other),
      Verdict(.update, .changed, sends: true)),
  ]

  private static let forced: [DangerousSituation] = [
    .init(
      "forced where nothing has changed",
      .init(remote: .baseFiles, local: .base, base: .remembered, isForced: true),
      Verdict(.update, sends: true)),
    .init(
      "forced over the work of others",
      .init(remote: .othersFiles, local: .edited, base: .remembered, isForced: true),
      Verdict(.update, sends: true)),
    .init(
      "forced over a git repository",
      .init(remote: .gitRepository, local: .edited, base: .noHistory, isForced: true),
      Verdict(.update, sends: true)),
  ]
}

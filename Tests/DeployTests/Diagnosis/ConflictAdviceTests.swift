// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import Testing

@testable import Deploy

@Suite("The options that a command needs to mean the same version")
struct ConflictAdviceTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let json: String
    var actor: String?
    var version: String?
    var tag: String?
    var revision: String?
    let pull: String
    let push: String

    var testDescription: String { "\(json) \(push)" }
  }

  private static let usual = #"{"name": "shop", "version": "0.1", "buildTag": "latest"}"#

  static let rows: [Row] = [
    Row(json: usual, pull: "", push: ""),
    Row(json: usual, actor: "~shop", version: "0.1", tag: "latest", pull: "", push: ""),
    Row(json: usual, version: "1.0", pull: " --version 1.0", push: " --version 1.0"),
    Row(json: usual, tag: "beta", pull: "", push: " --tag beta"),
    Row(
      json: usual, actor: "~other", version: "1.0", tag: "beta", revision: "HEAD~1",
      pull: " --actor '~other' --version 1.0",
      push: " --actor '~other' --version 1.0 --tag beta --commit 'HEAD~1'"),
    Row(json: #"{"name": "shop"}"#, version: "0.0", pull: "", push: ""),
    Row(json: #"{"name": "shop"}"#, version: "0.2", pull: " --version 0.2", push: " --version 0.2"),
  ]

  @Test("are those that actor.json does not say", arguments: rows)
  func options(_ row: Row) throws {
    var target = VersionTarget()
    target.actor = try row.actor.map { try ActorReference($0) }
    target.version = try row.version.map { try VersionNumber($0) }
    target.tag = try row.tag.map { try BuildTag($0) }
    var settings = try PushSettings(
      configuration: ActorConfiguration(Array(row.json.utf8), file: "actor.json"), target: target)
    settings.revision = row.revision
    #expect(settings.versionOptions == row.pull && settings.pushOptions == row.push)
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import Checks
import SourceTree
import SystemIO
import Testing

@testable import Deploy
@testable import SourcePackage

/// The cases of `DeployError`: a case that is added there does not compile here until it has a row in the
/// table.
enum DeployErrorCase: String, CaseIterable {
  case project, tree, overPackageLimit, output, memory, spool, nothingToPush
  case overInlineLimit, overRequestLimit
  case secretInPackage, checksFailed, noSuchPath, otherAccount, actorRenamed, noSuchActor, noSuchVersion,
    sourceElsewhere,
    unreadableVersion,
    noSuchBuild
  case pull
  case conflict, tagMoved, overtaken, partlyUpdated, platform, buildVanished, buildAborted, runVanished,
    runAborted, followingRun, changedMeanwhile, timedOut,
    interrupted, interruptedDuring, unexpected

  init(_ error: DeployError) {
    self =
      switch error {
      case .project: .project
      case .tree: .tree
      case .overPackageLimit: .overPackageLimit
      case .output: .output
      case .memory: .memory
      case .spool: .spool
      case .nothingToPush: .nothingToPush
      case .overInlineLimit: .overInlineLimit
      case .overRequestLimit: .overRequestLimit
      case .secretInPackage: .secretInPackage
      case .checksFailed: .checksFailed
      case .noSuchPath: .noSuchPath
      case .otherAccount: .otherAccount
      case .actorRenamed: .actorRenamed
      case .noSuchActor: .noSuchActor
      case .noSuchVersion: .noSuchVersion
      case .sourceElsewhere: .sourceElsewhere
      case .unreadableVersion: .unreadableVersion
      case .noSuchBuild: .noSuchBuild
      case .pull: .pull
      case .conflict: .conflict
      case .tagMoved: .tagMoved
      case .overtaken: .overtaken
      case .partlyUpdated: .partlyUpdated
      case .platform: .platform
      case .buildVanished: .buildVanished
      case .buildAborted: .buildAborted
      case .runVanished: .runVanished
      case .runAborted: .runAborted
      case .followingRun: .followingRun
      case .changedMeanwhile: .changedMeanwhile
      case .timedOut: .timedOut
      case .interrupted: .interrupted
      case .interruptedDuring: .interruptedDuring
      case .unexpected: .unexpected
      }
  }

  /// What scripts see of it.
  var expected: (type: String, phase: String, status: ExitStatus) {
    switch self {
    case .project: ("invalid-actor-json", "project", .invalidInput)
    case .tree: ("link-broken", "package", .invalidInput)
    case .overPackageLimit, .overInlineLimit, .overRequestLimit:
      ("package-too-large", "package", .invalidInput)
    case .output: ("output-not-writable", "output", .failed)
    case .memory: ("memory-not-writable", "output", .failed)
    case .spool: ("spool-not-writable", "package", .failed)
    case .nothingToPush: ("nothing-to-push", "package", .nothingToPush)
    case .secretInPackage: ("secret-in-package", "package", .invalidInput)
    case .checksFailed: ("check-failed", "package", .invalidInput)
    case .noSuchPath: ("outside", "arguments", .invalidInput)
    case .otherAccount: ("other-account", "platform", .failed)
    case .actorRenamed: ("actor-renamed", "platform", .conflict)
    case .noSuchActor: ("no-such-actor", "platform", .nothingToPush)
    case .noSuchVersion: ("no-such-version", "platform", .nothingToPush)
    case .sourceElsewhere: ("source-elsewhere", "platform", .nothingToPush)
    case .unreadableVersion: ("unreadable-version", "platform", .failed)
    case .noSuchBuild: ("no-such-build", "platform", .invalidInput)
    case .pull: ("unsafe-version", "pull", .failed)
    case .conflict, .changedMeanwhile: ("conflict", "platform", .conflict)
    case .timedOut: ("timed-out", "platform", .stillBuilding)
    case .overtaken, .tagMoved: ("conflict", "verification", .conflict)
    case .partlyUpdated, .platform, .followingRun: ("network-error", "platform", .failed)
    case .buildVanished: ("build-vanished", "build", .failed)
    case .buildAborted: ("interrupted", "build", .interrupted)
    case .runVanished: ("run-vanished", "run", .failed)
    case .runAborted: ("interrupted", "run", .interrupted)
    case .interrupted: ("interrupted", "package", .interrupted)
    case .interruptedDuring: ("interrupted", "build", .interrupted)
    case .unexpected: ("unexpected", "platform", .failed)
    }
  }

  /// An error of this case, with everything in it from outside as bad as it can be.
  func sample(_ plan: PushPlan) throws -> DeployError {
    let hostile = Samples.hostile
    let bytes = Array(hostile.utf8) + [0xFF]
    var summary = PackageSummary()
    summary.largest = [.init(path: bytes, bytes: 5)]
    let build = try Build.of(1, BuildStatus(rawValue: "ODD"))
    return switch self {
    case .project: .project(ProjectError(.invalidConfiguration, file: hostile, reason: "must be a string"))
    case .tree: .tree(SourceTreeError(.linkBroken, path: bytes, target: bytes))
    case .overPackageLimit: .overPackageLimit
    case .output: .output(hostile, SystemError(code: 13))
    case .memory: .memory("/state/directories/0", SystemError(code: 30))
    case .spool: .spool(SystemError(code: 28))
    case .nothingToPush: .nothingToPush
    case .overInlineLimit: .overInlineLimit(summary)
    case .overRequestLimit: .overRequestLimit(summary)
    case .secretInPackage: .secretInPackage([SecretFinder.Find(path: bytes, line: 3, name: "the secret KEY")])
    case .checksFailed:
      .checksFailed([Finding(.copySourceMissing, at: Finding.Place(bytes, line: 3), "COPY x: is missing")])
    case .noSuchPath: .noSuchPath(bytes, .outside(bytes))
    case .otherAccount:
      .otherAccount(
        Account(id: "1", username: hostile, isOrganization: false),
        token: Account(id: "2", username: hostile, isOrganization: false), actor: hostile)
    case .actorRenamed: .actorRenamed(hostile, to: hostile, isOwn: true)
    case .noSuchActor: .noSuchActor(.own(name: "shop"))
    case .noSuchVersion: .noSuchVersion("0.1", actor: hostile, others: [hostile])
    case .sourceElsewhere: .sourceElsewhere(SourceType(rawValue: hostile), url: hostile)
    case .unreadableVersion: .unreadableVersion(hostile)
    case .noSuchBuild: .noSuchBuild(hostile, help: hostile)
    case .pull: .pull(.unsafeName(bytes, hostile))
    case .conflict:
      .conflict(
        Conflict(
          .otherHistory(commit: hostile, branch: hostile), remote: try .of([hostile: "1", "b": "1"]),
          local: try .of([hostile: "2"]), base: .empty), plan)
    case .tagMoved: .tagMoved(hostile, to: hostile, Build(id: hostile, number: nil, status: .succeeded))
    case .overtaken: .overtaken(.built, plan)
    case .partlyUpdated:
      .partlyUpdated(
        VariableProgress(given: [hostile], removed: [hostile]),
        try DeployErrorCase.platform.sample(plan))
    case .platform:
      .platform(
        APIError(type: .network, message: hostile, method: "GET", path: "/v2/users/me", attempts: 3), .apify)
    case .buildVanished: .buildVanished(build)
    case .buildAborted: .buildAborted(build)
    case .runVanished: .runVanished(try .of(hostile))
    case .runAborted: .runAborted(try .of(hostile), build)
    case .followingRun: .followingRun(try .of(hostile), build, try DeployErrorCase.platform.sample(plan))
    case .changedMeanwhile: .changedMeanwhile("0.1")
    case .timedOut: .timedOut(.seconds(5400))
    case .interrupted: .interrupted
    case .interruptedDuring: .interruptedDuring(.buildAbort(build))
    case .unexpected: .unexpected(StrangeError(description: hostile))
    }
  }
}

/// An error that nothing expects.
private struct StrangeError: Error, CustomStringConvertible { let description: String }

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import EmulatorTesting
import PlatformEmulator
import PlatformModel
import Synchronization
import SystemIO
import TestSupport
import Testing

@testable import Deploy

/// A project, a memory and a platform, none of which any other test sees.
final class PushFixture: Sendable {
  let project: TemporaryFolder
  let state: TemporaryFolder
  let platform: InMemoryPlatform
  let cancellation = CancellationFlag()

  /// A project whose platform has the time of `clock`.
  init(clock: @escaping @Sendable () -> Timestamp = { Timestamp.now }) throws {
    project = try TemporaryFolder()
    state = try TemporaryFolder()
    platform = try InMemoryPlatform(clock: clock)
    try project.write(
      ".actor/actor.json",
      #"{"actorSpecification": 1, "name": "shop", "version": "0.1", "buildTag": "latest"}"#)
    try write("1")
  }

  /// Makes `text` the project's one file.
  func write(_ text: String) throws { try project.write("main.js", text) }

  /// Pushes the project, from another machine where `machine` is its memory.
  @discardableResult
  func push(
    from machine: TemporaryFolder? = nil, _ edit: (inout PushRequest) -> Void = { _ in },
    events: @escaping DeployEvents = { _ in }
  ) async throws -> PushOutcome {
    var request = PushRequest(ProjectLocation(Array(project.path.utf8)), tool: "test")
    edit(&request)
    let (chosen, context) = (request, machine.map { self.context(remembering: $0) } ?? context)
    let push = try await Threads.run { () throws(DeployError) in
      try PushOperation(chosen, context, events: { _ in })
    }
    return try await push.run(on: platform, events: events)
  }

  /// Pushes the project, which must end as `verdict`.
  func expect(
    _ verdict: PushOutcome.Verdict, from machine: TemporaryFolder? = nil,
    at location: SourceLocation = #_sourceLocation, _ edit: (inout PushRequest) -> Void = { _ in }
  ) async throws {
    let found = try await push(from: machine, edit).verdict
    #expect(found == verdict, sourceLocation: location)
  }

  var context: OperationContext { context(remembering: state) }

  private func context(remembering state: TemporaryFolder) -> OperationContext {
    OperationContext(
      variables: ["PATH": "/usr/local/bin:/usr/bin:/bin"], home: nil, stateDirectory: Array(state.path.utf8),
      spoolDirectories: [Array(state.path.utf8)], cancellation: cancellation)
  }

  /// The kinds of the calls that `body` makes.
  func calls(_ body: () async throws -> Void) async throws -> [PlatformCall.Kind] {
    let before = platform.calls.count
    try await body()
    return platform.calls.dropFirst(before).map(\.kind)
  }

  /// The text of the version's one file; nil where there is none.
  var pushed: String? {
    let files = (try? platform.version("0.1", of: "~shop"))?.files
    return files?.first { $0.name == "main.js" }.flatMap { file in
      if case .file(_, let content) = file.kind { content } else { nil }
    }
  }

  /// Does on the platform what another user would.
  func editElsewhere(_ text: String) throws {
    try platform.setFiles(try Self.files(text, beside: platform), of: "0.1", "~shop")
  }

  private static func files(_ text: String, beside platform: InMemoryPlatform) throws -> [PlatformModel
    .SourceFile]
  {
    let current = (try? platform.version("0.1", of: "~shop"))?.files ?? []
    return current.map { file in
      file.name == "main.js"
        ? PlatformModel.SourceFile(name: "main.js", kind: .file(.text, content: text)) : file
    }
  }
}

extension PlatformCall.Kind {
  /// Whether the call changes something.
  var isChange: Bool {
    switch self {
    case .createActor, .createVersion, .updateVersion, .startBuild, .abortBuild, .setTag, .getOrCreateStore,
      .putRecord, .setVariable, .removeVariable, .removeRecord, .startRun, .abortRun:
      true
    case .currentUser, .actor, .version, .build, .builds, .followLog, .recordTail, .readRecord,
      .recordKeys, .readLog, .run, .runs:
      false
    }
  }
}

/// A push that `body` makes and that must fail; gives why.
func failedPush(_ body: () async throws -> PushOutcome) async throws -> PushFailure? {
  do {
    let outcome = try await body()
    Issue.record("no failure but \(outcome.verdict)")
    return nil
  } catch let failure as PushFailure {
    return failure
  }
}

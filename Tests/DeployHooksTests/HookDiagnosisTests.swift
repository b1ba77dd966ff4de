// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import Deploy
import Git
import SourceTree
import SystemIO
import TestSupport
import Testing

@testable import DeployHooks

/// The cases of `HookError`: one that is added there does not compile here until it has a row in the table.
enum HookErrorCase: String, CaseIterable {
  case deploy, git, malformedInput, noStateDirectory, notAJob, file, refused

  init(_ error: HookError) {
    self =
      switch error {
      case .deploy: .deploy
      case .git: .git
      case .malformedInput: .malformedInput
      case .noStateDirectory: .noStateDirectory
      case .notAJob: .notAJob
      case .file: .file
      case .refused: .refused
      }
  }

  var expected: (type: String, phase: String, status: ExitStatus) {
    switch self {
    case .deploy: ("nothing-to-push", "package", .nothingToPush)
    case .git: ("git-failed", "hook", .failed)
    case .malformedInput, .notAJob: ("invalid-input", "hook", .invalidInput)
    case .noStateDirectory: ("no-state", "hook", .failed)
    case .file: ("output-not-writable", "output", .failed)
    case .refused: ("hook-refused", "hook", .invalidInput)
    }
  }

  func sample(_ location: HookLocation) -> HookError {
    let hostile = "x\u{1B}]0;owned\u{07}\r\n\u{202E}y"
    return switch self {
    case .deploy: .deploy(.nothingToPush)
    case .git: .git(.failed(status: 128, message: hostile))
    case .malformedInput: .malformedInput(hostile)
    case .noStateDirectory: .noStateDirectory
    case .notAJob: .notAJob(Array(hostile.utf8))
    case .file: .file(Array(hostile.utf8), SystemError(code: 13))
    case .refused: .refused(.edited, location)
    }
  }
}

@Suite("What is said about an error of the hook")
struct HookDiagnosisTests {
  private static func location() async throws -> (HookFixture, HookLocation) {
    let fixture = try await HookFixture([:])
    let (path, variables) = (Array(fixture.work.path.utf8), fixture.context.variables)
    let location = try await Threads.run {
      let repository = try RepositoryLocation(of: path, variables: variables)
      return try HookLocation(repository, Git(repository: repository.directory, variables: variables))
    }
    return (fixture, location)
  }

  private static func isHarmless(_ text: String) -> Bool {
    !text.isEmpty
      && text.unicodeScalars.allSatisfy { ![.control, .format].contains($0.properties.generalCategory) }
  }

  @Test("is one line with a type, a phase and a status", arguments: HookErrorCase.allCases)
  func table(_ row: HookErrorCase) async throws {
    let (_, location) = try await Self.location()
    let error = row.sample(location)
    #expect(HookErrorCase(error) == row, "the sample is of another case")
    let diagnosis = Diagnosis(error)
    #expect(diagnosis.type == row.expected.type)
    #expect(diagnosis.phase == row.expected.phase)
    #expect(diagnosis.status == row.expected.status)
    #expect(Self.isHarmless(diagnosis.message), "\(diagnosis.message)")
  }

  @Test(
    "says what is in the way of an installation",
    arguments: [
      (HookInstaller.Refusal.outside, "core.hooksPath"), (.manager(.husky), "husky"),
      (.foreign, "--chain"), (.edited, "--force"), (.backupInTheWay, "exists already"),
    ])
  func refusal(_ refusal: HookInstaller.Refusal, _ words: String) async throws {
    let (_, location) = try await Self.location()
    let diagnosis = Diagnosis(HookError.refused(refusal, location))
    #expect(diagnosis.message.contains(words) && diagnosis.status == .invalidInput)
    #expect(Self.isHarmless(diagnosis.message))
  }

  @Test(
    "tells a missing git from an interrupted one",
    arguments: [
      (Git.Failure.missing, ExitStatus.failed, "git-missing"), (.interrupted, .interrupted, "interrupted"),
    ])
  func git(_ failure: Git.Failure, _ status: ExitStatus, _ type: String) {
    let diagnosis = Diagnosis(HookError.git(failure))
    #expect(diagnosis.status == status && diagnosis.type == type)
  }
}

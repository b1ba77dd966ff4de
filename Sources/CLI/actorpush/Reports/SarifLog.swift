// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Checks
internal import SystemIO

/// Findings in the form that code hosts show beside the lines: SARIF 2.1.0 (OASIS).
struct SarifLog: Encodable, Sendable {
  struct Message: Encodable, Sendable { let text: String }

  struct Rule: Encodable, Sendable {
    struct Configuration: Encodable, Sendable { let level: String }

    let id: String
    let shortDescription: Message
    let defaultConfiguration: Configuration
  }

  struct Driver: Encodable, Sendable {
    let name = ActorPush.name
    let version = ActorPush.version
    let rules: [Rule]
  }

  struct Tool: Encodable, Sendable { let driver: Driver }

  struct Region: Encodable, Sendable {
    let startLine: Int
    let startColumn: Int?
  }

  struct ArtifactLocation: Encodable, Sendable {
    let uri: String
    let uriBaseId = "%SRCROOT%"
  }

  struct PhysicalLocation: Encodable, Sendable {
    let artifactLocation: ArtifactLocation
    let region: Region?
  }

  struct Location: Encodable, Sendable { let physicalLocation: PhysicalLocation }

  struct Result: Encodable, Sendable {
    let ruleId: String
    let ruleIndex: Int
    let level: String
    let message: Message
    let locations: [Location]
  }

  /// What was done, and why not all of it could be.
  struct Invocation: Encodable, Sendable {
    struct Notification: Encodable, Sendable {
      let level = "error"
      let message: Message
    }

    let executionSuccessful: Bool
    let toolExecutionNotifications: [Notification]
  }

  struct Run: Encodable, Sendable {
    let tool: Tool
    let invocations: [Invocation]
    /// Columns are counted in characters.
    let columnKind = "unicodeCodePoints"
    let results: [Result]
  }

  let version = "2.1.0"
  let schema = "https://json.schemastore.org/sarif-2.1.0.json"
  let runs: [Run]

  private enum CodingKeys: String, CodingKey {
    case version, runs
    case schema = "$schema"
  }

  /// The log of `findings`, and of what could not be checked.
  init(_ findings: [LocatedFinding], failures: [String] = []) {
    let rules = Check.allCases.map {
      Rule(
        id: $0.rawValue, shortDescription: Message(text: $0.summary),
        defaultConfiguration: Rule.Configuration(level: $0.severity.rawValue))
    }
    let results = findings.map { located in
      let finding = located.finding
      return Result(
        ruleId: finding.check.rawValue, ruleIndex: Check.allCases.firstIndex(of: finding.check) ?? 0,
        level: finding.severity.rawValue,
        message: Message(text: finding.cause + (finding.remedy.map { "; " + $0 } ?? "")),
        locations: finding.place.map { [Location($0, at: located.path)] } ?? [])
    }
    let invocation = Invocation(
      executionSuccessful: failures.isEmpty,
      toolExecutionNotifications: failures.map { .init(message: Message(text: $0)) })
    runs = [Run(tool: Tool(driver: Driver(rules: rules)), invocations: [invocation], results: results)]
  }
}

extension SarifLog.Location {
  init(_ place: Checks.Finding.Place, at path: [UInt8]) {
    let uri = PercentEncoding.encode(path, keepsSlashes: true)
    physicalLocation = SarifLog.PhysicalLocation(
      artifactLocation: SarifLog.ArtifactLocation(uri: uri),
      region: place.line.map { SarifLog.Region(startLine: $0, startColumn: place.column) })
  }
}

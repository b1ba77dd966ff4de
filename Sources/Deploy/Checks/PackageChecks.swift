// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import SystemIO

extension CheckedPackage {
  /// What would go wrong with it, the most serious first, and then in the order of the checks.
  package func findings(_ settings: CheckSettings) -> [Finding] {
    let actor = ActorFile(self)
    let docker = DockerChecks(self, actor)
    var findings = docker.findings(settings)
    findings += actor.findings(in: self, settings)
    findings += nameFindings + contentFindings + linkFindings + generatedFindings
    findings += Self.sizeFindings(settings)
    return settings.secrets + Self.apply(settings.levels, to: findings)
  }

  /// Raises and lowers findings as the project says.
  static func apply(_ levels: [DeployMap.CheckLevel], to findings: [Finding]) -> [Finding] {
    var findings = findings
    for level in levels where Check(rawValue: level.id) == nil {
      let near = EditDistance.nearest(to: level.id, among: Check.allCases.map(\.rawValue))
      findings.append(
        Finding(
          .unknownCheck,
          at: Finding.Place(
            Array(DeployMap.path.utf8), line: level.position?.line, column: level.position?.column),
          "there is no check \(TerminalText.of(level.id))",
          remedy: near.map { "did you mean \($0)?" } ?? "the ids are in REFERENCE.md"))
    }
    let byID = Dictionary(levels.map { ($0.id, $0.level) }) { $1 }
    var kept: [Finding] = []
    for var finding in findings {
      switch byID[finding.check.rawValue] {
      case .off?: continue
      // It is mended already.
      case _ where finding.asksForZip: break
      case .note?: finding.severity = .note
      case .warning?: finding.severity = .warning
      case .error?: finding.severity = .error
      case nil: break
      }
      kept.append(finding)
    }
    // Stable: `sort` of the standard library is, but does not promise it.
    return [Finding.Severity.error, .warning, .note].flatMap { severity in
      kept.filter { $0.severity == severity }
    }
  }
}

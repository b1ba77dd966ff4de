// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Checks
internal import Deploy
internal import SourcePackage
internal import SourceTree
internal import SystemIO

extension ReportData {
  /// The data of `outcome`, a report on the project directory called `name`; and of a comparison with the
  /// platform, where there was one.
  init(_ outcome: ReportOperation.Outcome, name: String, _ comparison: Comparison?) {
    let (plan, check) = (outcome.plan, outcome.check)
    title = TerminalText.of(name)
    summary = PackageText.summary(check.summary)
    limits = [
      Limit(name: "inline", bytes: check.sizes.inlineBytes, limit: check.sizes.inlineLimit),
      Limit(name: "request", bytes: check.sizes.requestBytes, limit: check.sizes.requestLimit),
    ]
    isZip = check.isZip
    findings = check.findings.map { finding in
      Finding(
        id: finding.check.rawValue, severity: finding.severity.rawValue, location: finding.location,
        message: finding.cause, remedy: finding.remedy)
    }
    self.comparison = comparison
    names = plan.entries.indices.map { TerminalText.of(plan.name(of: $0)) }
    parents = plan.entries.map(\.parent)
    bytes = plan.entries.map { max(0, $0.byteCount) }
    var kinds: [UInt8] = []
    for entry in plan.entries {
      kinds.append(UInt8(ascii: entry.isDirectory ? "d" : entry.format == .base64 ? "b" : "t"))
    }
    self.kinds = String(decoding: kinds, as: UTF8.self)
    out = Self.out(plan, outcome.excluded)
  }

  private static func out(_ plan: Plan, _ sizes: [ExcludedSizes.Size]) -> Out {
    var out = Out()
    guard !sizes.isEmpty else { return out }
    var directories: [[UInt8]: Int] = [:]
    var cursor = PathCursor()
    for index in plan.entries.indices where plan.entries[index].isDirectory {
      cursor.move(to: index, in: plan)
      directories[cursor.path] = index
    }
    var ruleIndices: [String: Int] = [:]
    for (excluded, size) in zip(plan.excluded, sizes) {
      // The page itself, as it was before.
      if case .output = excluded.rule { continue }
      let parent = Paths.parent(excluded.path)
      let start = parent.map { $0.count + 1 } ?? 0
      if !size.isComplete { out.partial.append(out.names.count) }
      out.names.append(TerminalText.of(excluded.path[start...]) + (excluded.isDirectory ? "/" : ""))
      out.parents.append(parent.flatMap { directories[$0] } ?? -1)
      out.bytes.append(size.bytes)
      out.files.append(size.files)
      let rule = if case .always = excluded.rule { "never packaged" } else { excluded.rule.description }
      if ruleIndices[rule] == nil {
        ruleIndices[rule] = out.rules.count
        out.rules.append(TerminalText.of(rule))
      }
      out.ruleIndices.append(ruleIndices[rule] ?? 0)
    }
    return out
  }
}

extension ReportData.Comparison {
  init(_ diff: DiffOperation.Outcome) {
    let files = diff.comparison.difference.files
    func names(_ isWanted: (ManifestDifference.Change) -> Bool) -> [String] {
      files.filter(isWanted).map { TerminalText.of($0.name) }
    }
    version = TerminalText.of(diff.found.version.versionNumber)
    added = names { $0.old == nil }
    changed = names { $0.old != nil && $0.new != nil }
    removed = names { $0.new == nil }
  }
}

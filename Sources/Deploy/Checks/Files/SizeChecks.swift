// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import SystemIO

extension CheckedPackage {
  /// The limits of the platform, where nothing but the inline form will do, and the budget.
  static func sizeFindings(_ settings: CheckSettings) -> [Finding] {
    guard let sizes = settings.sizes else { return [] }
    var findings: [Finding] = []
    let way = "exclude some in .actorignore, or push with --source-type zip"
    if settings.form == .files, sizes.inlineBytes > sizes.inlineLimit {
      findings.append(
        Finding(
          .overInlineLimit,
          "the inline content is \(Quantity.number(sizes.inlineBytes)) bytes, the limit is "
            + Quantity.number(sizes.inlineLimit), remedy: way))
    }
    if settings.form == .files, sizes.requestBytes > sizes.requestLimit {
      findings.append(
        Finding(
          .overRequestLimit,
          "the request is about \(Quantity.number(sizes.requestBytes)) bytes, the limit is "
            + Quantity.number(sizes.requestLimit), remedy: way))
    }
    if let budget = settings.budget, sizes.bytes > budget {
      findings.append(
        Finding(
          .overBudget,
          "the files are \(Quantity.number(sizes.bytes)) bytes, the budget is \(Quantity.number(budget))",
          remedy: "the ledger below names the largest; exclude some in .actorignore, or raise --max-size"))
    }
    return findings
  }

  /// The directories of the first level, and the files in none, that hold most, the heaviest first.
  package func largestFolders(_ count: Int) -> [(path: [UInt8], bytes: Int)] {
    var folders: [[UInt8]: Int] = [:]
    var last: (path: ArraySlice<UInt8>, bytes: Int) = ([], 0)
    for entry in entries where entry.kind != .directory {
      guard let end = entry.path.firstIndex(of: UInt8(ascii: "/")) else { continue }
      // Neighbours mostly lie in the same one.
      if last.path != entry.path[..<end] {
        if last.bytes > 0 { folders[Array(last.path), default: 0] += last.bytes }
        last = (entry.path[..<end], 0)
      }
      last.bytes += entry.byteCount
    }
    if last.bytes > 0 { folders[Array(last.path), default: 0] += last.bytes }
    let sorted = folders.sorted {
      ($1.value, $0.key.count) < ($0.value, $1.key.count)
    }
    return sorted.prefix(count).map { ($0.key, $0.value) }
  }
}

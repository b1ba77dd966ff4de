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
          remedy: "exclude the largest files in .actorignore, or raise --max-size"))
    }
    return findings
  }

  /// The directories of the first level that hold most, the heaviest first.
  package func largestFolders(_ count: Int) -> [(path: [UInt8], bytes: Int)] {
    var folders: [(path: ArraySlice<UInt8>, bytes: Int)] = []
    for (index, record) in entries.records.enumerated() where record.kind != .directory {
      let path = entries.path(index)
      guard let end = path.firstIndex(of: UInt8(ascii: "/")) else { continue }
      // In the order of bytes what lies in one directory stands together.
      if folders.last.map({ $0.path.elementsEqual(path[..<end]) }) != true {
        folders.append((path[..<end], 0))
      }
      folders[folders.count - 1].bytes += record.byteCount
    }
    let sorted = folders.filter { $0.bytes > 0 }.sorted {
      $0.bytes != $1.bytes ? $0.bytes > $1.bytes : $0.path.lexicographicallyPrecedes($1.path)
    }
    return sorted.prefix(count).map { (Array($0.path), $0.bytes) }
  }
}

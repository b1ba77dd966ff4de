// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FuzzDriver

@testable import ActorProject

/// A deploy map, and branches: which rule a branch meets, held against a matcher that tries all.
struct MapTarget: FuzzTarget {
  static let name = "map"
  static let summary = "a deploy map and branches, against a naive matcher"
  static let longest = 512

  init(isSingle: Bool) throws {}

  mutating func run(_ input: [UInt8]) {
    let parts = input.split(separator: 0xFE, omittingEmptySubsequences: false)
    let text = Array(parts.first ?? [])
    let branches = parts.dropFirst().map { String(decoding: $0, as: UTF8.self) }.prefix(8)
    let map: DeployMap
    do throws(ProjectError) { map = try DeployMap(text) } catch {
      require(!error.reason.isEmpty, "an error without words")
      return
    }
    for branch in branches {
      for pattern in map.branches { Self.check(pattern, branch) }
      do throws(ProjectError) {
        for target in try map.targets(for: branch) {
          let parts = target.folder?.split(separator: "/" as Character) ?? []
          require(
            target.folder?.hasPrefix("/") != true && !parts.contains(".."), "\(target.folder ?? "") leads out"
          )
        }
      } catch {
        require(!error.reason.isEmpty, "an error without words")
      }
    }
  }

  /// The parts that the stars of `text` match in `branch` make the branch again, and there are some exactly
  /// where the naive matcher finds some.
  private static func check(_ text: String, _ branch: String) {
    let pattern = BranchPattern(text)
    let parts = pattern.match(branch)
    let isMatch = matches(Array(text.utf8)[...], Array(branch.utf8)[...])
    if let isMatch {
      require((parts != nil) == isMatch, "\(text) matches \(branch): \(parts != nil), naively \(isMatch)")
    }
    guard let parts else { return }
    require(parts.count == pattern.starCount, "\(text) has not \(parts.count) stars")
    var rest = parts[...]
    var bytes: [UInt8] = []
    var literal = Array(text.utf8)[...]
    let star = UInt8(ascii: "*")
    while let byte = literal.popFirst() {
      guard byte == star else {
        bytes.append(byte)
        continue
      }
      if literal.first == star { literal.removeFirst() }
      bytes += Array((rest.popFirst() ?? "").utf8)
    }
    let filled = String(decoding: bytes, as: UTF8.self)
    // A star may match a part of a character, which cannot be shown as text.
    if !filled.contains("\u{FFFD}") {
      require(filled.utf8.elementsEqual(branch.utf8), "\(text) fills \(branch) as \(filled)")
    }
  }

  /// By trying all; nil where that would take too long.
  private static func matches(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool? {
    let star = UInt8(ascii: "*")
    guard name.count <= 24, pattern.count(where: { $0 == star }) <= 4 else { return nil }
    func tries(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
      guard let first = pattern.first else { return name.isEmpty }
      guard first == star else { return name.first == first && tries(pattern.dropFirst(), name.dropFirst()) }
      let isDouble = pattern.dropFirst().first == star
      let rest = pattern.dropFirst(isDouble ? 2 : 1)
      return (0...name.count).contains { count in
        count > 0 && (isDouble || !name.prefix(count).contains(UInt8(ascii: "/")))
          && tries(rest, name.dropFirst(count))
      }
    }
    return tries(pattern, name)
  }

  static func seeds() -> [[UInt8]] {
    let maps = [
      #"{"push": {"main": {"version": "1.0", "tag": "latest"}, "release/*": {"version": "{1}"}}}"#,
      #"{"push": {"**": [{"actor": "a~{1}", "folder": "x/{1}", "build": false}], "*/x*y": {"tag": "{2}-{1}"}}}"#,
      #"{"remotes": ["origin"], "provenance": true, "checks": {"lfs-pointer": "off"}, "push": null}"#,
      #"{"push": {"a*b*c*d": {"sourceType": "zip", "timeout": "15m"}, "f": {"folder": "../x"}}}"#,
    ]
    return maps.map { map in
      Array(map.utf8)
        + ["main", "release/1.2", "a/b/c", "aXbYcZd", "e/xfy", ".."].flatMap { [0xFE] + Array($0.utf8) }
    }
  }

  static let words =
    [
      "\"push\":", "\"remotes\":", "\"checks\":", "\"version\":", "\"tag\":", "\"folder\":", "\"actor\":",
      "\"timeout\":",
      "\"sourceType\":", "\"build\":", "{1}", "{2}", "**", "*", "..", "/", "\"1.0\"", "{", "}", "release/",
    ].map { Array($0.utf8) } + [[0xFE]]
}

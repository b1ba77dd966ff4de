// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FuzzDriver

@testable import ActorProject
@testable import Deploy
@testable import SourcePackage

extension Reader {
  /// The files of a project and its user.
  static func files(_ judge: JSONJudge) -> [Reader] {
    let actor = #"""
      {"actorSpecification": 1, "name": "my-actor", "version": "0.1", "buildTag": "latest", "title": "é",
      "usesStandbyMode": false,
        "environmentVariables": {"A": "b", "S": "@secret"}}
      """#
    return [
      Reader(
        name: "JSONFile", seeds: [actor, "{}", "[1, -0.5e+3, \"\\u00e9\\n\"]", "\u{FEFF}{\"a\": null} "]
      ) { check(file: $0, judge) },
      Reader(name: "ActorConfiguration", seeds: [actor, "{\"name\": \"abc\"}", "{ }"]) { edit($0) },
      Reader(name: "JSONEdit", seeds: [actor, "{\"a\": {\"b\": \"c\"}}"]) { try scan($0) },
      Reader(
        name: "DeployMap",
        seeds: [#"{"push": {"main": {"version": "1.0", "tag": "latest", "timeout": "15m"}, "r/*": []}}"#]
      ) { text in
        guard let map = try? DeployMap(text) else { return }
        let second = try DeployMap(text)
        require(map == second, "the map is read in two ways: \(text.shown)")
      },
      Reader(
        name: "Provenance",
        seeds: [#"{"format": 1, "commit": "c", "branch": "b", "dirty": true, "digest": "d", "tool": "t"}"#]
      ) { text in
        guard let provenance = Provenance(text) else { return }
        let again = Provenance(provenance.contents)
        require(again?.contents == provenance.contents, "\(provenance.contents.shown) is not read again")
      },
      Reader(name: "Manifest", seeds: ["", "{}"]) { text in
        guard let manifest = try? Manifest(text) else { return }
        require(manifest.records == text, "other records: \(text.shown)")
      },
    ]
  }

  /// What is JSON here is JSON to Python, and the other way round.
  private static func check(file text: [UInt8], _ judge: JSONJudge) {
    var isJSON = true
    do throws(ProjectError) {
      _ = try JSONFile(text, name: "file", code: .invalidInput)
    } catch {
      require(!error.reason.isEmpty, "an error without words")
      // Said so: Python goes deeper.
      if error.reason.contains("too deeply nested") { return }
      isJSON = !error.reason.hasPrefix("not valid JSON")
    }
    switch judge.verdict(on: text) {
    case .valid: require(isJSON, "\(text.shown) is no JSON here, and is to Python")
    case .invalid: require(!isJSON, "\(text.shown) is JSON here, and not to Python")
    case .disputed: break
    }
  }

  /// An actor.json that is edited says what was asked for, and all else as before.
  private static func edit(_ text: [UInt8]) {
    guard let before = try? ActorConfiguration(text, file: "actor.json") else { return }
    let value = "v\"\\\n\u{E9}"
    let settings = [
      (path: ["buildTag"], value: "beta"), (path: ["environmentVariables", "A"], value: value),
    ]
    guard let edited = try? ActorConfiguration.edited(text, file: "actor.json", settings) else { return }
    guard let after = try? ActorConfiguration(edited, file: "actor.json") else {
      finding("\(text.shown) becomes \(edited.shown), which is none")
    }
    require(after.buildTag?.description == "beta", "no tag in \(edited.shown)")
    func others(_ configuration: ActorConfiguration) -> [ActorConfiguration.Variable] {
      (configuration.environmentVariables ?? []).filter { $0.name != "A" }
    }
    let changed = after.environmentVariables?.first { $0.name == "A" }?.value
    require(changed == value, "no variable in \(edited.shown)")
    require(others(after) == others(before), "\(text.shown) becomes \(edited.shown): other variables")
    require(
      after.name == before.name && after.version == before.version && after.title == before.title
        && after.description == before.description && after.usesStandbyMode == before.usesStandbyMode,
      "\(text.shown) becomes \(edited.shown)")
  }

  /// The values of a text lie within it, and within those that hold them.
  private static func scan(_ text: [UInt8]) throws {
    guard let ranges = try? JSONScanner.ranges(in: text) else { return }
    for (path, range) in ranges {
      require(
        range.lowerBound >= 0 && range.upperBound <= text.count, "\(path) is not within \(text.shown)")
    }
  }
}

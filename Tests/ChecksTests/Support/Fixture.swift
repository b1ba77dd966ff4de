// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject

@testable import Checks

/// A package made of values.
struct Fixture {
  /// The contents by path.
  var files: [String: String]
  var traits: [String: CheckedPackage.Traits] = [:]
  var sizes: [String: Int] = [:]
  var links: Set<String> = []
  var broughtBack: Set<String> = []
  var exclusions: [CheckedPackage.Exclusion] = []
  var submodules: [String] = []
  var settings = CheckSettings()

  /// `files`, and an Actor that is in order unless they have one.
  init(_ files: [String: String] = [:]) {
    self.files = files
    if files[".actor/actor.json"] == nil { self.files[".actor/actor.json"] = #"{"name": "my-actor"}"# }
    if !files.keys.contains(where: { $0.hasSuffix("Dockerfile") }) {
      self.files["Dockerfile"] = "FROM scratch\n"
    }
  }

  /// An Actor with this Dockerfile.
  init(dockerfile: String, _ files: [String: String] = [:]) {
    self.init(files.merging(["Dockerfile": dockerfile]) { $1 })
  }

  /// An Actor with this actor.json.
  init(actor: String, _ files: [String: String] = [:]) {
    self.init(files.merging([".actor/actor.json": actor]) { $1 })
  }

  var package: CheckedPackage {
    var entries: [String: CheckedPackage.Entry] = [:]
    for (path, text) in files {
      entries[path] = CheckedPackage.Entry(
        Array(path.utf8), links.contains(path) ? .link : .file, byteCount: sizes[path] ?? text.utf8.count,
        traits: traits[path] ?? [], isBroughtBack: broughtBack.contains(path))
      var parts = path.split(separator: "/" as Character).dropLast()
      while !parts.isEmpty {
        let directory = parts.joined(separator: "/")
        entries[directory] = CheckedPackage.Entry(Array(directory.utf8), .directory)
        parts.removeLast()
      }
    }
    let sorted = entries.values.sorted { $0.path.lexicographicallyPrecedes($1.path) }
    let (files, exclusions) = (files, exclusions)
    var package = CheckedPackage(
      CheckedPackage.Entries(sorted),
      contents: { files[String(decoding: $0, as: UTF8.self)].map { Array($0.utf8) } },
      exclusions: { exclusions })
    package.missingSubmodules = submodules.map { Array($0.utf8) }
    return package
  }

  var findings: [Finding] {
    var settings = settings
    if settings.buildTag == nil { settings.buildTag = .latest }
    return package.findings(settings)
  }

  /// "copy-source-missing Dockerfile:2".
  var found: [String] {
    findings.map { $0.check.rawValue + ($0.location.map { " " + $0 } ?? "") }
  }

  /// The findings on a line each, with their severity.
  var lines: [String] { findings.map { "\($0.severity): \($0.line)" } }
}

extension CheckedPackage.Exclusion {
  /// What a line of .gitignore leaves out; a directory where `path` ends with a slash.
  static func git(_ path: String, line: Int = 1) -> Self {
    let isDirectory = path.hasSuffix("/")
    return Self(
      Array((isDirectory ? String(path.dropLast()) : path).utf8), isDirectory: isDirectory,
      rule: ".gitignore:\(line): \(path)")
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import Testing

@testable import Deploy

/// A row of the table: what goes wrong in a push, and how it ends.
struct FaultRow: Sendable {
  /// What there is on the platform before.
  enum Situation: String, Sendable {
    /// Nothing.
    case new
    /// The version as it was pushed once, from other files: build 0.1.1, which `latest` points at.
    case changed
    /// The same, and the push is of a candidate with a run.
    case candidate
  }

  /// What ends the push from outside.
  enum Stop: Sendable {
    /// Ctrl-C, once the fault was met.
    case interrupt
    /// `--timeout`, in milliseconds.
    case timeout(Int)
  }

  /// What the platform holds afterwards.
  struct Held: Equatable, Sendable, CustomStringConvertible {
    /// The text of the one file; nil where there is no version, or it is a zip.
    var text: String?
    var builds = 0
    /// The build that `latest` points at.
    var latest: String?

    var description: String {
      "\(text ?? "-"), \(builds) build\(builds == 1 ? "" : "s"), latest \(latest ?? "-")"
    }
  }

  /// What is wrong, in words.
  let name: String
  /// The members of the faults, as a file has them.
  let faults: [String]
  var situation = Situation.changed
  var form = SourceChoice.files
  var stop: Stop?
  /// Whether `--no-build` is given.
  var isBuilt = true
  /// Whether the push changes an environment variable, too.
  var changesVariable = false

  // What is expected.
  let status: ExitStatus
  /// How far the push had come, where it was ended from outside.
  var phase: String?
  /// What the last line has in it, in order.
  let line: [String]
  let held: Held
  /// How many requests of the first fault's method and path there are; nil where time decides that.
  let sent: Int?
}

extension FaultRow {
  /// A fault of requests of this method and path.
  static func fault(_ request: String, _ kind: String, always: Bool = false, at occurrence: Int = 1) -> String
  {
    let parts = request.split(separator: " ")
    let when = always ? #"{"from": \#(occurrence)}"# : "\(occurrence)"
    return #"{"method": "\#(parts[0])", "path": "\#(parts[1])", "occurrence": \#(when), \#(kind)}"#
  }

  // The requests of a push.
  static let me = "GET /v2/users/me"
  static let version = "GET /v2/actors/*/versions/*"
  static let update = "PUT /v2/actors/*/versions/*"
  static let variable = "PUT /v2/actors/*/versions/*/env-vars/*"
  static let newActor = "POST /v2/actors"
  static let newVersion = "POST /v2/actors/*/versions"
  static let newBuild = "POST /v2/actors/*/builds"
  static let builds = "GET /v2/actors/*/builds"
  static let build = "GET /v2/actor-builds/*"
  static let abort = "POST /v2/actor-builds/*/abort"
  static let actor = "GET /v2/actors/*"
  static let log = "GET /v2/logs/*"
  static let store = "POST /v2/key-value-stores"
  static let record = "PUT /v2/key-value-stores/*/records/*"
  static let newRun = "POST /v2/actors/*/runs"
  static let run = "GET /v2/actor-runs/*"
  static let tag = "PUT /v2/actors/*"

  // Kinds of faults.
  static func status(_ code: Int, _ more: String = "") -> String {
    #""fault": "status", "status": \#(code)\#(more)"#
  }
  static func refused(_ code: Int, _ type: String) -> String {
    #""fault": "status", "status": \#(code), "type": "\#(type)", "message": "No.""#
  }
  static func plain(_ name: String, _ more: String = "") -> String { #""fault": "\#(name)"\#(more)"# }
  static let done = #", "done": true"#
}

extension FaultRow: CustomTestStringConvertible {
  var testDescription: String { name }
}

extension FaultRow {
  static let all = ofLooks + ofUpdates + ofBuilds + ofOthers
}

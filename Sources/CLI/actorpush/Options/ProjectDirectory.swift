// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SystemIO

/// The directory of the project at hand.
enum ProjectDirectory {
  /// `named`, or else the nearest directory with an actor.json, from the current one up, which is said; or
  /// the current one, where there is none.
  static func find(_ named: String?, _ environment: ProcessEnvironment, _ console: Console) -> String {
    if let named { return named }
    let way = ProjectSearch.way(upFrom: [UInt8(ascii: ".")], home: environment.context.home)
    guard let way, !way.isEmpty else { return "." }
    let directory = String(decoding: way, as: UTF8.self)
    console.say("in \(directory)/")
    return directory
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import DeployHooks
internal import SystemIO

/// What hook allow says in JSON.
struct HookConsentReport: Report {
  struct Map: Encodable, Sendable {
    let file: String
    let branches: [String]
  }

  let ok = true
  let operation: String
  let maps: [Map]
  let actors: [String]

  init(_ consent: DeployConsent, _ operation: String) {
    self.operation = operation
    maps = consent.maps.map { map in
      Map(
        file: map.directory + DeployMap.path,
        branches: (try? DeployMap(Array(map.text.utf8)))?.branches ?? [])
    }
    actors = consent.actors.sorted()
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Addresses in Apify Console.
package enum ConsoleAddress {
  /// The page of an Actor, or of one build of it.
  ///
  /// - Parameter organizationID: the id of the organisation that owns the Actor, if it is one.
  package static func actor(_ id: String, build number: String? = nil, organizationID: String? = nil)
    -> String
  {
    let owner = organizationID.map { "/organization/\($0.percentEncodedSegment)" } ?? ""
    let address = "https://console.apify.com\(owner)/actors/\(id.percentEncodedSegment)"
    return number.map { "\(address)#/builds/\($0.percentEncodedSegment)" } ?? address
  }

  /// The page of a run of an Actor.
  package static func run(_ id: String, ofActor actor: String, organizationID: String? = nil) -> String {
    "\(self.actor(actor, organizationID: organizationID))#/runs/\(id.percentEncodedSegment)"
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Where people look at things: Apify's Console.
package enum ConsoleAddress {
  /// An Actor, or one build of it.
  ///
  /// - Parameter organizationID: of an organisation that owns the Actor, the user's id.
  package static func actor(_ id: String, build number: String? = nil, organizationID: String? = nil)
    -> String
  {
    let owner = organizationID.map { "/organization/\($0.percentEncodedSegment)" } ?? ""
    let address = "https://console.apify.com\(owner)/actors/\(id.percentEncodedSegment)"
    return number.map { "\(address)#/builds/\($0.percentEncodedSegment)" } ?? address
  }
}

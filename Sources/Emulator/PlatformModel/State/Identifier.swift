// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The form of the platform's ids. Ids, tokens and secrets are made up outside of the model and passed in.
package enum Identifier {
  /// The number of letters and digits of an id, as for Actors, users and builds.
  package static let length = 17

  /// Returns whether `text` has the form of an id.
  package static func isValid(_ text: String) -> Bool {
    text.utf8.count == length
      && text.utf8.allSatisfy {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
          || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
      }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What a file system that knows no case, or normalises Unicode, compares of a name: rather too many are the
/// same than too few.
package struct FoldedName: Hashable, Sendable {
  // String's `==` and hash are by canonical equivalence.
  private let text: String

  /// That of `path`; bytes that are not UTF-8 are all the same.
  package init(_ path: [UInt8]) {
    let isPlain = path.allSatisfy { $0 < 0x80 }
    let text = String(decoding: path, as: UTF8.self)
    // "ß" and "SS" are one for those that fold fully.
    self.text = isPlain ? text.lowercased() : text.uppercased().lowercased()
  }
}

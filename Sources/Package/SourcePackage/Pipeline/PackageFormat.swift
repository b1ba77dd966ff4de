// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourceTree

/// What a form of package does with its units when their turn comes, beside writing them: only then is known
/// what lies before them. Called by one thread at a time.
protocol PackageFormat: AnyObject, Sendable {
  /// What comes before the first unit.
  func opening() -> [UInt8]

  /// Takes notice of `encoded`, the next unit, and may append to its bytes.
  ///
  /// - Throws: where a file is not what it was when the unit began.
  func bind(_ encoded: inout EncodedUnit) throws(SourceTreeError)

  /// What comes behind the last unit, in pieces; nil when there is no more.
  func nextClosing() -> [UInt8]?

  /// How many bytes of the document are in the opening and the closing; 0 where the package is no document.
  var documentBytes: Int { get }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A package of which only the records of its digest are made.
final class DigestFormat: PackageFormat {
  func opening() -> [UInt8] { [] }

  func bind(_ encoded: inout EncodedUnit) {}

  func nextClosing() -> [UInt8]? { nil }

  var documentBytes: Int { 0 }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What a zip that was read whole has in it.
package struct ZipTotals: Equatable, Sendable {
  /// How many files, links among them.
  package internal(set) var files = 0
  /// How many folders are named as such.
  package internal(set) var folders = 0
  /// The bytes of all contents.
  package internal(set) var bytes = 0
}

extension ZipArchive {
  /// Reads all of it, as `unzip -t` does, and looks for what must not be unpacked: names that lead out, are
  /// there twice or lie in a file; members that overlap; links that lead out; devices.
  ///
  /// - Parameter limit: how many bytes all contents may have together; nothing is read where the directory
  ///   says more.
  /// - Throws: ``ZipReaderError`` for the first thing that is wrong, or what the source's `read` throws.
  @discardableResult
  package func validate(limit: Int = .max) throws -> ZipTotals {
    try checkNames()
    return try validateContents(limit: limit)
  }

  /// Reads all of it, and looks for what must not be unpacked whatever the names: members that overlap, links
  /// that lead out, devices. The names are the caller's to judge.
  ///
  /// - Throws: as ``validate(limit:)``.
  @discardableResult
  package func validateContents(limit: Int = .max) throws -> ZipTotals {
    try checkKinds()
    let totals = try countUp(limit: limit)
    var places: [(start: Int, end: Int, index: Int)] = []
    for (index, entry) in entries.enumerated() {
      let header = try ZipHeader(of: entry, in: source, before: directoryOffset)
      places.append((entry.headerOffset, header.contentsEnd, index))
      if entry.isSymbolicLink {
        guard let target = try bytes(of: entry, limit: 4095), Self.staysInside(target, from: entry.name)
        else { throw entry.error(.linkLeadsOut) }
      } else {
        try contents(of: entry, header) { _ in }
      }
    }
    try checkOverlaps(&places)
    return totals
  }

  private func countUp(limit: Int) throws -> ZipTotals {
    var totals = ZipTotals()
    for entry in entries {
      guard entry.byteCount <= limit - totals.bytes else {
        throw ZipReaderError(.tooMuch(limit: limit), member: entry.fullName)
      }
      totals.bytes += entry.byteCount
      if entry.isFolder { totals.folders += 1 } else { totals.files += 1 }
    }
    return totals
  }

  /// The bytes of a member are its own: else a small zip could hold any number of large ones.
  private func checkOverlaps(_ places: inout [(start: Int, end: Int, index: Int)]) throws {
    places.sort { $0.start < $1.start }
    var end = 0
    for place in places {
      guard place.start >= end else { throw entries[place.index].error(.overlap, at: place.start) }
      end = place.end
    }
  }

  private func checkKinds() throws {
    for entry in entries {
      switch entry.kind {
      case 0, 0o100000, 0o120000: break
      case 0o040000: if !entry.isFolder { throw entry.error(.specialFile) }
      default: throw entry.error(.specialFile)
      }
      guard !entry.isFolder || entry.byteCount == 0 else { throw entry.error(.folderWithContents) }
    }
  }

  private func checkNames() throws {
    var files: Set<[UInt8]> = []
    var names: Set<[UInt8]> = []
    for entry in entries {
      guard Self.isSafe(entry.name) else { throw entry.error(.unsafeName) }
      guard names.insert(entry.name).inserted else { throw entry.error(.duplicate) }
      if !entry.isFolder { files.insert(entry.name) }
    }
    for entry in entries {
      for index in entry.name.indices where entry.name[index] == UInt8(ascii: "/") {
        if files.contains(Array(entry.name[..<index])) { throw entry.error(.belowFile) }
      }
    }
  }

  private static func isSafe(_ name: [UInt8]) -> Bool {
    !name.contains(0) && !name.contains(UInt8(ascii: "\\"))
      && name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        .allSatisfy { !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8) }
  }

  private static func staysInside(_ target: [UInt8], from name: [UInt8]) -> Bool {
    guard let first = target.first, first != UInt8(ascii: "/"), !target.contains(0) else { return false }
    var depth = name.count { $0 == UInt8(ascii: "/") }
    for part in target.split(separator: UInt8(ascii: "/")) where !part.elementsEqual(".".utf8) {
      depth += part.elementsEqual("..".utf8) ? -1 : 1
      if depth < 0 { return false }
    }
    return true
  }
}

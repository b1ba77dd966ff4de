// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Writes a file so that there is always either the old or the new content: to a name next to it, onto the disk, and then renamed.
enum AtomicFile {
  static func write(_ bytes: [UInt8], to name: String, in folder: String) throws(SystemFailure) {
    // A name with a dot in front is never read, should it be left over.
    let temporary = "\(folder)/.\(name).\(Identifier.make())"
    do {
      let file = try OpenFile(temporary, .create)
      try file.writeAll(bytes)
      try file.synchronize()
      try OpenFile.rename(temporary, to: "\(folder)/\(name)")
    } catch {
      OpenFile.remove(temporary)
      throw error
    }
    try OpenFile(folder, .folder).synchronize()
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SystemIO

extension Plan {
  /// Writes the paths of all entries to `output`, each ended by a NUL and that of a directory by a "/" before
  /// it.
  ///
  /// - Parameters:
  ///   - limit: how many bytes `output` holds when `flush` is to empty it.
  /// - Throws: what `flush` throws.
  package func writeNames(
    to output: inout WriteBuffer, flushingFrom limit: Int,
    _ flush: (inout WriteBuffer) throws(SystemError) -> Void
  ) throws(SystemError) {
    let entries = entries.span
    let names = names.span
    // The path of the directory that the entry at hand lies in, with a "/" at its end.
    var directory: [UInt8] = []
    var parent: Int32 = -1
    for index in entries.indices {
      let entry = entries[index]
      if entry.parent != parent {
        parent = entry.parent
        directory.removeAll(keepingCapacity: true)
        if parent >= 0 {
          path(of: Int(parent), into: &directory)
          directory.append(UInt8(ascii: "/"))
        }
      }
      output.append(directory)
      let end = entry.nameOffset + Int(entry.nameCount)
      if entry.isDirectory {
        output.append(names.extracting(entry.nameOffset..<end))
        output.append("/\0")
      } else {
        // With the NUL that it has.
        output.append(names.extracting(entry.nameOffset...end))
      }
      if output.count >= limit { try flush(&output) }
    }
  }
}

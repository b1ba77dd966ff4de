// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import SystemIO

/// Values as JSON on one line.
enum JSONLine {
  /// The JSON of `value`, without the end of the line. The members of objects are sorted, so that the same
  /// value is the same text.
  static func bytes(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(value)).map { Array($0) } ?? []
  }

  /// Prints `value`.
  static func write(_ value: some Encodable) throws(Failure) {
    let line = bytes(value) + Array("\n".utf8)
    try writeOutput { output throws(SystemError) in try output.write(line) }
  }
}
